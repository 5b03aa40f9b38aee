/** How Node prints the values that a platform brings (URL, Headers, Response and so on), for platforms where they do not say so themselves. */

interface Options {
  depth?: number | null;
  breakLength: number;
}
const custom: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never;

type Inspect = (value: unknown, options: object) => string;
type Printer<T> = (self: T, depth: number | null, options: Options, inspect: Inspect) => string;

const nameOf = (self: object): string => self.constructor.name;

/** As a class with these properties. Too deep, it is only named. */
const withFields = <T extends object>(fields: (self: T) => object, named = (name: string) => `${name} {}`): Printer<T> => (self, depth, options, inspect) => {
  if (typeof depth === 'number' && depth < 0) return named(nameOf(self));
  const inner = { ...options, depth: typeof options.depth === 'number' ? options.depth - 1 : null };
  return `${nameOf(self)} ${inspect(fields(self), inner)}`;
};

/** As a class with these properties, which stands for itself at any depth. */
const whole = <T extends object>(fields: (self: T) => object): Printer<T> => (self, depth, options, inspect) => `${nameOf(self)} ${inspect(fields(self), { ...options, depth: options.depth ?? depth ?? 2 })}`;

const searchParams: Printer<URLSearchParams> = (self, depth, options, inspect) => {
  if (typeof depth === 'number' && depth < 0) return '[Object]';
  const inner = { ...options, ...(depth === null ? {} : { depth: depth - 1 }) };
  const parts = [...self].map(([name, value]) => `${inspect(name, inner)} => ${inspect(value, inner)}`);
  if (parts.length === 0) return `${nameOf(self)} {}`;
  return parts.join(', ').length > options.breakLength ? `${nameOf(self)} {\n  ${parts.join(',\n  ')} }` : `${nameOf(self)} { ${parts.join(', ')} }`;
};

/** A form's values by name: several of one name are a list. */
function valuesByName(form: FormData): object {
  const found: Record<string, unknown> = {};
  for (const name of new Set(form.keys())) {
    const values = form.getAll(name);
    found[name] = values.length > 1 ? values : values[0];
  }
  return found;
}

/** What is known of a body's stream, printed as the stream. */
class BodyStream {
  constructor(private readonly fields: object) {}

  [custom](_depth: number | null, options: Options, inspect: Inspect): string {
    return `ReadableStream ${inspect(this.fields, options)}`;
  }
}

const bodyOf = ({ body, bodyUsed }: Response): BodyStream | null =>
  body && new BodyStream({ locked: body.locked, state: bodyUsed ? 'closed' : 'readable', supportsBYOB: true });

const PRINTERS: Record<string, Printer<never>> = {
  URLSearchParams: searchParams,
  URL: withFields(({ href, origin, protocol, username, password, host, hostname, port, pathname, search, searchParams: params, hash }: URL) => ({
    href, origin, protocol, username, password, host, hostname, port, pathname, search, searchParams: params, hash,
  })),
  Headers: whole((headers: Headers) => Object.fromEntries([...headers.keys()].map((name) => [name, headers.get(name)]))),
  Response: whole((response: Response) => {
    const { status, statusText, headers, bodyUsed, ok, redirected, type, url } = response;
    return { status, statusText, headers, body: bodyOf(response), bodyUsed, ok, redirected, type, url };
  }),
  Request: whole(({ method, url, headers, destination, referrer, referrerPolicy, mode, credentials, cache, redirect, integrity, keepalive, signal }: Request) => ({
    method, url, headers, destination, referrer, referrerPolicy, mode, credentials, cache, redirect, integrity, keepalive,
    isReloadNavigation: false, isHistoryNavigation: false, signal,
  })),
  FormData: whole(valuesByName),
  Blob: withFields(({ size, type }: Blob) => ({ size, type }), (name) => `[${name}]`),
  File: withFields(({ size, type, name, lastModified }: File) => ({ size, type, name, lastModified }), (name) => `[${name}]`),
  AbortSignal: withFields(({ aborted }: AbortSignal) => ({ aborted })),
  AbortController: withFields(({ signal }: AbortController) => ({ signal })),
  Event: withFields(({ type, defaultPrevented, cancelable, timeStamp }: Event) => ({ type, defaultPrevented, cancelable, timeStamp })),
  TextDecoder: withFields(({ encoding, fatal, ignoreBOM }: TextDecoder) => ({ encoding, fatal, ignoreBOM })),
};

/** Gives each class the method that Node gives it, where it has none. */
export function teachPlatform(): void {
  for (const [name, print] of Object.entries(PRINTERS)) {
    const { prototype } = ((globalThis as Record<string, unknown>)[name] ?? {}) as { prototype?: object };
    if (!prototype || Object.hasOwn(prototype, custom)) continue;
    const value = function (this: never, depth: number | null, options: Options, inspect: Inspect): string {
      return print(this, depth, options, inspect);
    };
    Object.defineProperty(prototype, custom, { value, configurable: true, writable: true });
  }
}
