/** `Response` and `Request` of a program: the platform's, with the headers that a browser takes out of them (Set-Cookie, Cookie, Host), as Node keeps them. */

type Message = Response | Request;
type Init = { headers?: HeadersInit } | undefined;

/** Gives a message all headers that it was made with. In Node nothing is missing. */
export function withHeaders<T extends Message>(message: T, given: HeadersInit | undefined): T {
  if (given === undefined) return message;
  // Headers that belong to no message forbid none.
  const whole = new Headers(given);
  if ([...whole.keys()].every((name) => message.headers.has(name))) return message;
  for (const [name, value] of message.headers) if (!whole.has(name)) whole.set(name, value);
  Object.defineProperty(message, 'headers', { value: whole, configurable: true });
  const clone = message.clone as () => T;
  Object.defineProperty(message, 'clone', { value: () => withHeaders(clone.call(message), whole), configurable: true, writable: true });
  return message;
}

function makeResponse(): unknown {
  const json = (data: unknown, init?: ResponseInit): Response => withHeaders(Response.json(data, init), init?.headers);
  return new Proxy(globalThis.Response, {
    construct: (target, given, made) => withHeaders(Reflect.construct(target, given, made) as Response, (given[1] as Init)?.headers),
    get: (target, key) => (key === 'json' ? json : (Reflect.get(target, key) as unknown)),
  });
}

function makeRequest(): unknown {
  return new Proxy(globalThis.Request, {
    construct(target, given, made) {
      const [input, init] = given as [unknown, Init];
      return withHeaders(Reflect.construct(target, given, made) as Request, init?.headers ?? (input instanceof target ? input.headers : undefined));
    },
  });
}

export function makeMessages(): Record<string, unknown> {
  return { Response: makeResponse(), Request: makeRequest() };
}
