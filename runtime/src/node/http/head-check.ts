/** What Node's parser (llhttp) refuses in the head of a message, a request's or a response's, in its words. */
import type { HeaderList } from '../../protocol';
import { MAX_HEADER_SIZE } from './server-options';

/** What an error of the parser says. */
export interface Problem {
  code: string;
  reason: string;
}

export const OVERFLOW: Problem = { code: 'HPE_HEADER_OVERFLOW', reason: 'Header overflow' };

export function parseError({ code, reason }: Problem): Error {
  return Object.assign(new Error(`Parse Error: ${reason}`), { bytesParsed: 0, code, reason });
}

/** Content-Length fits 64 bits. */
const LONGEST = 2n ** 64n - 1n;

/** How a message says that its body ends, header by header. */
export class BodyEnd {
  private length: string | undefined;
  /** All values of Transfer-Encoding. */
  coding: string | undefined;

  /** Takes a header, its name in lower case; answers what is wrong with it. */
  take(key: string, value: string): Problem | undefined {
    if (key === 'content-length') {
      if (this.length !== undefined) return { code: 'HPE_UNEXPECTED_CONTENT_LENGTH', reason: 'Duplicate Content-Length' };
      this.length = value.trim();
      const reason = this.coding === undefined ? lengthProblem(this.length) : "Content-Length can't be present with Transfer-Encoding";
      if (reason !== undefined) return { code: 'HPE_INVALID_CONTENT_LENGTH', reason };
    } else if (key === 'transfer-encoding') {
      this.coding = this.coding === undefined ? value : `${this.coding}, ${value}`;
      if (this.length !== undefined) return { code: 'HPE_INVALID_TRANSFER_ENCODING', reason: "Transfer-Encoding can't be present with Content-Length" };
    }
    return undefined;
  }
}

function lengthProblem(length: string): string | undefined {
  if (length === '') return 'Empty Content-Length';
  if (!/^\d+$/.test(length)) return 'Invalid character in Content-Length';
  return BigInt(length) > LONGEST ? 'Content-Length overflow' : undefined;
}

/** Why a client refuses a response. */
export function responseProblem(headers: HeaderList, limit = MAX_HEADER_SIZE): Error | undefined {
  let size = 0;
  const end = new BodyEnd();
  for (const [name, value] of headers) {
    size += name.length + value.length + 4;
    const problem = end.take(name.toLowerCase(), value);
    if (problem) return parseError(problem);
  }
  return size > (limit || MAX_HEADER_SIZE) ? parseError(OVERFLOW) : undefined;
}
