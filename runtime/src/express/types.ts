/** The shapes that the Express objects share, and what is handed to them: Node's modules, the engine, the tracer. */
import type { Layer } from './layer';
import type { Tracer } from './trace';

/** Where a layer was added. */
export interface Site {
  file: string;
  line: number;
  column: number;
}

export type Handler = (req: Request, res: Response, next: Next) => unknown;
export type ErrorHandler = (error: unknown, req: Request, res: Response, next: Next) => unknown;
export type ParamHandler = (req: Request, res: Response, next: Next, value: unknown, name: string) => unknown;
export type AnyFunction = (...given: never[]) => unknown;
/** `next()`, `next(error)`, `next('route')`, `next('router')`. */
export type Next = (error?: unknown) => void;
export type Path = string | RegExp | Path[];

export type Emitter = {
  on(event: string, listener: (...given: never[]) => void): unknown;
  once(event: string, listener: (...given: never[]) => void): unknown;
  removeListener(event: string, listener: (...given: never[]) => void): unknown;
  emit(event: string, ...given: unknown[]): boolean;
  listenerCount(event: string): number;
};

export interface Socket {
  remoteAddress?: string;
  encrypted?: boolean;
  readable?: boolean;
  writable?: boolean;
  destroy(): void;
}

export type Headers = Record<string, string | string[] | undefined>;

/** What is used of http.IncomingMessage. */
export interface IncomingMessage extends Emitter {
  method: string;
  url: string;
  headers: Record<string, string | undefined>;
  httpVersionMajor: number;
  complete: boolean;
  readable: boolean;
  upgrade?: boolean;
  socket: Socket;
  resume(): unknown;
  pause(): unknown;
  pipe<T>(to: T): T;
  unpipe(to?: unknown): unknown;
}

/** What is used of http.ServerResponse. */
export interface ServerResponse extends Emitter {
  statusCode: number;
  statusMessage: string;
  readonly headersSent: boolean;
  readonly destroyed: boolean;
  readonly writableEnded: boolean;
  socket: Socket | null;
  getHeader(name: string): number | string | string[] | undefined;
  setHeader(name: string, value: number | string | readonly string[]): unknown;
  removeHeader(name: string): void;
  getHeaderNames(): string[];
  end(chunk?: unknown, encoding?: string): unknown;
}

/** The request as a handler sees it. */
export interface Request extends IncomingMessage {
  app: Application;
  res: Response;
  next: Next;
  route?: unknown;
  params: Record<string, unknown>;
  body?: unknown;
  secret?: string;
  baseUrl: string;
  originalUrl: string;
  readonly query: Record<string, unknown>;
  readonly path: string;
  readonly protocol: string;
  readonly secure: boolean;
  readonly ip: string | undefined;
  readonly ips: string[];
  readonly subdomains: string[];
  readonly host: string | undefined;
  readonly hostname: string | undefined;
  readonly fresh: boolean;
  readonly stale: boolean;
  readonly xhr: boolean;
  get(name: string): string | undefined;
  accepts(...types: unknown[]): unknown;
}

/** The response as a handler sees it. */
export interface Response extends ServerResponse {
  app: Application;
  req: Request;
  locals: Record<string, unknown>;
  get(name: string): number | string | string[] | undefined;
  set(field: string | Record<string, unknown>, value?: unknown): Response;
  status(code: number): Response;
  type(type: string): Response;
  send(body?: unknown): Response;
  json(value?: unknown): Response;
  append(field: string, value: string | string[]): Response;
  cookie(name: string, value: unknown, options?: CookieOptions): Response;
  location(url: string): Response;
  vary(field: string | string[]): Response;
  format(offers: Record<string, (req: Request, res: Response, next: Next) => void>): Response;
  sendFile(path: string, options?: FileOptions | FileDone, done?: FileDone): void;
}

export interface CookieOptions {
  maxAge?: number | null;
  signed?: boolean;
  expires?: Date;
  httpOnly?: boolean;
  path?: string | null;
  domain?: string;
  secure?: boolean;
  partitioned?: boolean;
  priority?: string;
  sameSite?: boolean | string;
  encode?: (value: string) => string;
}

export type FileDone = (error?: unknown) => void;

export interface FileOptions {
  root?: string;
  headers?: Record<string, string>;
  maxAge?: number | string;
  maxage?: number | string;
  etag?: boolean;
  lastModified?: boolean;
  acceptRanges?: boolean;
  cacheControl?: boolean;
  immutable?: boolean;
  dotfiles?: string;
  extensions?: string | string[] | false;
  index?: string | string[] | false;
  start?: number;
  end?: number;
}

/** An application: a function with the prototype's methods on it. */
export interface Application extends Emitter {
  (req: Request, res: Response, next?: Next): void;
  settings: Record<string, unknown>;
  locals: Record<string, unknown>;
  cache: Record<string, unknown>;
  engines: Record<string, unknown>;
  mountpath: Path;
  parent?: Application;
  request: object;
  response: object;
  readonly router: RouterFunction;
  handle(req: Request, res: Response, done?: Next): void;
  set(name: string, value?: unknown): unknown;
  enabled(name: string): boolean;
  enable(name: string): unknown;
  use(...given: unknown[]): Application;
  route(path: Path): RouteObject;
  path(): string;
  param(name: string | string[], handler: ParamHandler): Application;
  render(name: string, options: unknown, done?: (error: unknown, text?: string) => void): void;
}

export interface RouterOptions {
  caseSensitive?: boolean;
  mergeParams?: boolean;
  strict?: boolean;
}

export interface RouterFunction extends RouterOptions {
  (req: Request, res: Response, next: Next): void;
  stack: Layer[];
  params: Record<string, ParamHandler[]>;
  handle(req: Request, res: Response, done: Next): void;
  use(...given: unknown[]): RouterFunction;
  route(path: Path): RouteObject;
  param(name: string, handler: ParamHandler): RouterFunction;
}

export interface RouteObject {
  path: Path;
  methods: Record<string, boolean | undefined>;
  all(...handlers: unknown[]): RouteObject;
  [method: string]: unknown;
}

/** A compiled path of the engine. */
export interface EnginePattern {
  keys(): string[];
  find(path: string): ArrayLike<number> | undefined;
}

/** The matching half of a router in the engine, see `crates/engine/src/router.rs`. */
export interface EngineTable {
  clear(): void;
  addPath(pattern: EnginePattern): void;
  addUse(kind: number): void;
  addRoute(kind: number, low: number, high: number, all: boolean): void;
  find(length: number, method: number): number;
}

/** The engine as far as Express needs it, see `crates/engine/src/{http,router,scratch}.rs`. */
export interface Engine {
  PathPattern: new (path: string, end: boolean, strict: boolean, sensitive: boolean) => EnginePattern;
  RouteTable: new () => EngineTable;
  TrustedProxies: new (list: string[]) => { contains(address: string): boolean };
  scratchAddress(): number;
  scratchSize(): number;
  wordsAddress(): number;
  methodNumber(name: string): number;
  etag(body: Uint8Array, weak: boolean): string;
  etagOfScratch(length: number, weak: boolean): number;
  etagOfFile(size: number, modified: number): string;
  mediaType(path: string): string | undefined;
  contentType(text: string): string | undefined;
  withCharset(contentType: string, charset: string): string;
  charsetOf(contentType: string): string | undefined;
  typeIs(contentType: string, types: string[]): string | undefined;
  accepts(what: number, header: string | null | undefined, offers: string[]): number | undefined;
  accepted(what: number, header: string | null | undefined): string[];
  isFresh(noneMatch?: string | null, since?: string | null, cacheControl?: string | null, etag?: string | null, modified?: string | null): boolean;
  parseRange(size: number, header: string, combine: boolean): Float64Array;
  parseQuery(query: string): string[];
  decodeWide(bytes: Uint8Array, charset: string): string | undefined;
  parseQueryTree(query: string, depth: number, strictDepth: boolean, arrayLimit: number, parameterLimit: number, charset: number): string;
  parseSize(text: string): number | undefined;
  writeCookie(name: string, value: string, maxAge: number | null | undefined, domain: string | null | undefined, path: string | null | undefined, expires: string | null | undefined, flags: number, priority: string | null | undefined, sameSite: string | null | undefined): string;
  attachment(fileName?: string | null): string;
  encodeUrl(url: string): string;
  vary(current: string, fields: string): string;
}

export interface BytesOf extends Uint8Array {
  toString(encoding?: string): string;
}

export interface BufferClass {
  from(data: string | ArrayLike<number>, encoding?: string): BytesOf;
  from(data: ArrayBuffer, offset: number, length: number): BytesOf;
  isBuffer(value: unknown): boolean;
  byteLength(text: string, encoding?: string): number;
  concat(list: Uint8Array[]): BytesOf;
}

export interface FileStat {
  size: number;
  mtime: Date;
  isDirectory(): boolean;
  isFile(): boolean;
}

export interface NodeHttp {
  METHODS: string[];
  STATUS_CODES: Record<number, string | undefined>;
  IncomingMessage: { prototype: object };
  ServerResponse: { prototype: object };
  createServer(options: object, listener: unknown): Emitter & { listen(...given: unknown[]): unknown };
}

export interface NodeFs {
  stat(path: string, done: (error: NodeError | null, stat: FileStat) => void): void;
  statSync(path: string): FileStat;
  createReadStream(path: string, options: { start?: number; end?: number }): Emitter & { pipe(to: unknown): unknown; destroy(): void };
}

export interface NodePath {
  sep: string;
  resolve(...parts: string[]): string;
  join(...parts: string[]): string;
  normalize(path: string): string;
  extname(path: string): string;
  basename(path: string, suffix?: string): string;
  dirname(path: string): string;
  isAbsolute(path: string): boolean;
}

export interface NodeError extends Error {
  code?: string;
  syscall?: string;
}

/** Everything that Express takes from outside, so that it runs in the worker and in Node alike. */
export interface Deps {
  http: NodeHttp;
  fs: NodeFs;
  path: NodePath;
  EventEmitter: { new (): Emitter; prototype: object };
  Buffer: BufferClass;
  process: { env: Record<string, string | undefined>; noDeprecation?: boolean; nextTick(run: (...given: never[]) => void, ...given: unknown[]): void };
  setImmediate(run: (...given: never[]) => void, ...given: unknown[]): unknown;
  console: { error(...given: unknown[]): void };
  engine: Engine;
  /** The engine's memory, from `initSync`. */
  memory: { readonly buffer: ArrayBufferLike };
  /** For signed cookies. */
  crypto?: { createHmac(name: string, key: string): { update(text: string): { digest(encoding: string): string } } };
  /** For compressed request bodies. */
  zlib?: Record<'createInflate' | 'createGunzip' | 'createBrotliDecompress', () => Emitter & { destroy(): void }>;
  /** Milliseconds since the epoch; the host's when absent. */
  now?(): number;
  /** Makes a callback run in the AsyncLocalStorage of now. */
  bind?<T extends AnyFunction>(run: T): T;
  /** Loads a view engine. */
  require?(name: string): unknown;
  /** Place of the learner's call; `skip` is the number of frames between it and the caller. */
  callSite?(skip: number): Site | undefined;
  tracer?: Tracer;
}
