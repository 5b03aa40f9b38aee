/** The errors that the shell and the driver below it throw, by their names. */
import type { Doc } from './bson';

/** A command that the server refused. */
export class MongoServerError extends Error {
  override name = 'MongoServerError';
  code: unknown;
  codeName: unknown;

  constructor(readonly errorResponse: Doc, message = String(errorResponse.errmsg)) {
    super(message);
    const { code, codeName, keyPattern, keyValue, errInfo } = errorResponse;
    Object.assign(this, { code, codeName }, keyPattern ? { keyPattern, keyValue } : {}, errInfo ? { errInfo } : {});
    if (codeName === undefined) delete this.codeName;
  }
}

/** Some writes of several were refused; `result` says what was done. */
export class MongoBulkWriteError extends MongoServerError {
  override name = 'MongoBulkWriteError';

  constructor(first: Doc, readonly result: Doc, readonly writeErrors: Doc[]) {
    super(first);
  }
}

/** What the driver refuses before it asks the server. */
export class MongoInvalidArgumentError extends Error {
  override name = 'MongoInvalidArgumentError';
}

/** What the shell refuses. */
export class MongoshInvalidInputError extends Error {
  override name = 'MongoshInvalidInputError';
}

/** There is no database at the address. */
export class MongoNetworkError extends Error {
  override name = 'MongoNetworkError';
}

/** Refuses a call that lacks one of its first `count` arguments. */
export function requireArguments(given: ArrayLike<unknown>, count: number, method: string): void {
  for (let at = 0; at < count; at += 1) {
    if (given[at] === undefined) {
      throw new MongoshInvalidInputError(`[COMMON-10001] Missing required argument at position ${at} (${method})`);
    }
  }
}
