/** Errors with a status, named as the `http-errors` package names them. */

/** An error that Express answers with its own status. */
export interface HttpError extends Error {
  status: number;
  statusCode: number;
  /** Whether the message may be shown to the client. */
  expose: boolean;
  [property: string]: unknown;
}

export type CreateError = (status: number, cause?: string | Error, properties?: Record<string, unknown>) => HttpError;

/** `Payload Too Large` → `PayloadTooLargeError`. */
function className(text: string): string {
  const name = text
    .split(' ')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('')
    .replace(/[^ _0-9a-z]/gi, '');
  return name.endsWith('Error') ? name : `${name}Error`;
}

const { captureStackTrace } = Error as { captureStackTrace?(error: Error, above: unknown): void };

/** Returns a maker of errors. An error that is handed in is completed, and keeps a status that it has. */
export function errorMaker(texts: Record<number, string | undefined>): CreateError {
  class AnyHttpError extends Error {}
  const classes = new Map<number, new (message: string) => HttpError>();
  for (const [code, text] of Object.entries(texts)) {
    const status = Number(code);
    if (status < 400 || status > 599 || text === undefined) continue;
    const name = className(text);
    const Class = { [name]: class extends AnyHttpError {} }[name]!;
    Object.defineProperty(Class.prototype, 'name', { value: name, configurable: true, writable: true });
    Object.assign(Class.prototype, { status, statusCode: status, expose: status < 500 });
    classes.set(status, Class as unknown as new (message: string) => HttpError);
  }

  return function createError(given, cause, properties) {
    let status = given;
    let error: HttpError;
    if (cause instanceof Error) {
      error = cause as HttpError;
      status = Number(error.status ?? error.statusCode ?? given);
    } else {
      const Class = classes.get(status);
      const message = cause ?? texts[status] ?? '';
      error = Class ? new Class(message) : (new Error(message) as HttpError);
      // As http-errors leaves it: visible when the error is printed.
      Object.defineProperty(error, 'message', { value: message, enumerable: true, configurable: true, writable: true });
      captureStackTrace?.(error, createError);
    }
    if (!(error instanceof AnyHttpError) || error.status !== status) {
      error.expose = status < 500;
      error.status = error.statusCode = status;
    }
    for (const [key, value] of Object.entries(properties ?? {})) {
      if (key !== 'status' && key !== 'statusCode') error[key] = value;
    }
    return error;
  };
}
