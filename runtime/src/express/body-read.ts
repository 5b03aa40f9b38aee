/** Reads the body of a request up to a limit, decodes it, and hands it to a parser. */
import { whenRead } from './final';
import type { Kit } from './kit';
import type { Emitter, Next, Request, Response } from './types';

/** How a body is read. */
export interface BodyReader {
  /** Bytes. */
  limit: number;
  inflate: boolean;
  defaultCharset: string;
  verify: false | ((req: Request, res: Response, body: Uint8Array, encoding: string | null) => void);
  /** Whether the Content-Type is one that this parser is for. */
  shouldParse(req: Request): unknown;
  takesCharset?(charset: string): boolean;
  /** The parser wants bytes. */
  bytes?: boolean;
  parse(body: string | Uint8Array, charset: string | null): unknown;
}

const DECOMPRESSORS: Record<string, 'createInflate' | 'createGunzip' | 'createBrotliDecompress'> = {
  deflate: 'createInflate',
  gzip: 'createGunzip',
  br: 'createBrotliDecompress',
};

/** Charsets that a TextDecoder lacks. */
const WIDE = /^utf-(?:16|32(?:le|be)?)$/;

/** Undefined for an encoding that is unknown, or not offered here. */
function decompressorOf(kit: Kit, encoding: string): (Emitter & { destroy(): void }) | undefined {
  const name = DECOMPRESSORS[encoding];
  try {
    return name && kit.zlib?.[name]();
  } catch {
    return undefined;
  }
}

const decoders = new Map<string, TextDecoder>();

/** Makes each decoder once; throws for a charset that is unknown. */
function decoderOf(charset: string): TextDecoder {
  let decoder = decoders.get(charset);
  if (!decoder) decoders.set(charset, (decoder = new TextDecoder(charset)));
  return decoder;
}

function isRead(req: Request): boolean {
  return Boolean(!req.socket || (req.complete && !req.readable));
}

export function readBody(kit: Kit, req: Request, res: Response, proceed: Next, reader: BodyReader): void {
  if (isRead(req)) return proceed();
  if (!('body' in req)) (req as Request).body = undefined;
  const { headers } = req;
  const hasBody = headers['transfer-encoding'] !== undefined || !Number.isNaN(Number(headers['content-length']));
  if (!hasBody || !reader.shouldParse(req)) return proceed();
  new BodyRead(kit, req, res, kit.bind(proceed), reader).start();
}

/** One body: from its bytes to what the parser makes of them. Members, as in `Collecting`. */
class BodyRead {
  private charset: string | null = null;
  private decoder: TextDecoder | undefined = undefined;
  private stream: Emitter;

  constructor(
    private readonly kit: Kit,
    private readonly req: Request,
    private readonly res: Response,
    private readonly next: Next,
    private readonly reader: BodyReader,
  ) {
    this.stream = req;
  }

  start(): void {
    const { kit, req, reader } = this;
    const { headers } = req;
    if (!reader.bytes && !this.takesCharset(headers['content-type'])) {
      const { charset } = this;
      return this.next(kit.createError(415, `unsupported charset "${charset!.toUpperCase()}"`, { charset, type: 'charset.unsupported' }));
    }
    const encoding = (headers['content-encoding'] || 'identity').toLowerCase();
    if (encoding !== 'identity') {
      const decompressor = reader.inflate ? decompressorOf(kit, encoding) : undefined;
      if (!decompressor) {
        const problem = reader.inflate ? `unsupported content encoding "${encoding}"` : 'content encoding unsupported';
        return this.next(kit.createError(415, problem, { encoding, type: 'encoding.unsupported' }));
      }
      this.stream = req.pipe(decompressor);
    }
    const length = encoding === 'identity' ? headers['content-length'] : undefined;
    collect(kit, req, this.stream, reader.limit, length, (error, bytes) => (error ? this.fail(error) : this.parse(bytes!)));
  }

  private takesCharset(type: string | undefined): boolean {
    const { kit, reader } = this;
    const charset = (this.charset = (type && kit.charsetOf(type)) || reader.defaultCharset);
    if (reader.takesCharset && !reader.takesCharset(charset)) return false;
    try {
      this.decoder = WIDE.test(charset) ? undefined : decoderOf(charset);
      return true;
    } catch {
      return false;
    }
  }

  /** The rest of the request is read off, so that the connection can go on. */
  private fail(error: Error): void {
    const { kit, req, stream, next } = this;
    if (stream !== req) req.unpipe();
    const failed = (): void => next(kit.createError(400, error));
    if (isRead(req)) return void kit.setImmediate(failed);
    whenRead(req, failed);
    req.resume();
  }

  private parse(bytes: Uint8Array): void {
    const { kit, req, reader, charset, decoder } = this;
    if (this.stream !== req) req.resume();
    if (reader.verify) {
      try {
        reader.verify(req, this.res, bytes, charset);
      } catch (thrown) {
        const { type } = thrown as { type?: string };
        return this.next(kit.createError(403, thrown as Error, { body: bytes, type: type || 'entity.verify.failed' }));
      }
    }
    let body: string | Uint8Array = bytes;
    try {
      if (decoder) body = decoder.decode(bytes);
      else if (charset !== null) body = kit.engine.decodeWide(bytes, charset)!;
      req.body = reader.parse(body, charset);
    } catch (thrown) {
      const { type } = thrown as { type?: string };
      return this.next(kit.createError(400, thrown as Error, { body, type: type || 'entity.parse.failed' }));
    }
    this.next();
  }
}

/** Collects the chunks of a stream; `declared` is its Content-Length. */
function collect(
  kit: Kit,
  req: Request,
  stream: Emitter,
  limit: number,
  declared: string | undefined,
  done: (error: Error | undefined, bytes?: Uint8Array) => void,
): void {
  const { createError } = kit;
  const length = declared === undefined || Number.isNaN(Number(declared)) ? undefined : Number.parseInt(declared, 10);
  if (length !== undefined && length > limit) {
    const properties = { expected: length, length, limit, type: 'entity.too.large' };
    const error = createError(413, 'request entity too large', properties);
    return kit.process.nextTick(() => done(error));
  }
  if (stream === req && !req.readable) {
    const error = createError(500, 'stream is not readable', { type: 'stream.not.readable' });
    return kit.process.nextTick(() => done(error));
  }

  new Collecting(kit, req, stream, limit, length, done).start();
}

/** A body on its way. Members, not named functions: the bundler names each of those at run time, which costs more than the call. */
class Collecting {
  private readonly chunks: Uint8Array[] = [];
  private received = 0;
  private readonly onData: (chunk: Uint8Array) => void;
  private readonly onEnd: () => void;
  private readonly onError: (error: Error) => void;
  private readonly onAborted: () => void;

  constructor(
    private readonly kit: Kit,
    private readonly req: Request,
    private readonly stream: Emitter,
    private readonly limit: number,
    private readonly length: number | undefined,
    private readonly done: (error: Error | undefined, bytes?: Uint8Array) => void,
  ) {
    this.onData = (chunk) => this.take(chunk);
    this.onEnd = () => this.end();
    this.onError = (error) => this.finish(error);
    this.onAborted = () => this.abort();
  }

  start(): void {
    const { stream } = this;
    stream.on('data', this.onData);
    stream.on('end', this.onEnd);
    stream.on('error', this.onError);
    this.req.on('aborted', this.onAborted);
  }

  private finish(error: Error | undefined, bytes?: Uint8Array): void {
    const { req, stream } = this;
    stream.removeListener('data', this.onData);
    stream.removeListener('end', this.onEnd);
    stream.removeListener('error', this.onError);
    req.removeListener('aborted', this.onAborted);
    if (error) {
      req.unpipe();
      req.pause();
    }
    this.done(error, bytes);
  }

  private take(chunk: Uint8Array): void {
    const { limit } = this;
    const received = (this.received += chunk.length);
    if (received <= limit) return void this.chunks.push(chunk);
    this.finish(this.kit.createError(413, 'request entity too large', { limit, received, type: 'entity.too.large' }));
  }

  private end(): void {
    const { kit, chunks, length, received } = this;
    if (length !== undefined && received !== length) {
      const properties = { expected: length, length, received, type: 'request.size.invalid' };
      return this.finish(kit.createError(400, 'request size did not match content length', properties));
    }
    this.finish(undefined, chunks.length === 1 ? chunks[0] : kit.Buffer.concat(chunks));
  }

  private abort(): void {
    const { length, received } = this;
    const properties = { code: 'ECONNABORTED', expected: length, length, received, type: 'request.aborted' };
    this.finish(this.kit.createError(400, 'request aborted', properties));
  }
}
