/** The errors of `jsonwebtoken`; programs ask with `instanceof` and by name. */

export class JsonWebTokenError extends Error {
  readonly inner?: unknown;
  constructor(message: string, inner?: unknown) {
    super(message);
    if (inner) this.inner = inner;
  }
}
export class TokenExpiredError extends JsonWebTokenError {
  constructor(message: string, readonly expiredAt: Date) {
    super(message);
  }
}
export class NotBeforeError extends JsonWebTokenError {
  constructor(message: string, readonly date: Date) {
    super(message);
  }
}
for (const [name, { prototype }] of Object.entries({ JsonWebTokenError, TokenExpiredError, NotBeforeError })) {
  Object.defineProperty(prototype, 'name', { value: name, writable: true, configurable: true });
}
