/** `res.sendFile`, `res.download`, `res.attachment`. */
import type { Kit } from './kit';
import type { Prototype } from './response';
import type { SendFunction } from './send-stream';
import type { FileDone, FileOptions, NodeError, Response } from './types';

export function addFileMethods(kit: Kit, response: Prototype, send: SendFunction): void {
  const { engine, path } = kit;

  response['sendFile'] = function (this: Response, file: string, given?: FileOptions | FileDone, callback?: FileDone): void {
    const { req } = this;
    const answered = typeof given === 'function' ? given : callback;
    const done = answered && kit.bind(answered);
    const options: FileOptions = (typeof given === 'function' ? undefined : given) ?? {};
    if (!file) throw new TypeError('path argument is required to res.sendFile');
    if (typeof file !== 'string') throw new TypeError('path must be a string to res.sendFile');
    if (!options.root && !path.isAbsolute(file)) {
      throw new TypeError('path must be absolute or specify root to res.sendFile');
    }
    options.etag = this.app.enabled('etag');

    let finished = false;
    const finish = (error?: unknown): void => {
      if (finished) return;
      finished = true;
      if (done) return done(error);
      const failure = error as NodeError | undefined;
      if (failure?.code === 'EISDIR') return req.next();
      if (failure && failure.code !== 'ECONNABORTED' && failure.syscall !== 'write') req.next(failure);
    };
    const { headers } = options;
    const stream = send(req, encodeURI(file), options);
    stream.on('directory', () => finish(Object.assign(new Error('EISDIR, read'), { code: 'EISDIR' })));
    stream.on('error', finish);
    stream.on('end', () => finish());
    if (headers) {
      stream.on('headers', () => {
        for (const [name, value] of Object.entries(headers)) this.setHeader(name, value);
      });
    }
    stream.pipe(this);
    const closed = (): void => {
      if (!this.writableEnded) finish(Object.assign(new Error('Request aborted'), { code: 'ECONNABORTED' }));
      else kit.setImmediate(finish);
    };
    if (this.destroyed) kit.setImmediate(closed);
    else this.once('close', closed);
  };

  response['download'] = function (this: Response, file: string, ...given: unknown[]): void {
    const done = given.find((item) => typeof item === 'function') as FileDone | undefined;
    const name = typeof given[0] === 'string' ? given[0] : undefined;
    const options = given.find((item) => item !== null && typeof item === 'object') as FileOptions | undefined;
    const headers: Record<string, string> = { 'Content-Disposition': engine.attachment(path.basename(name || file)) };
    for (const [header, value] of Object.entries(options?.headers ?? {})) {
      if (header.toLowerCase() !== 'content-disposition') headers[header] = value;
    }
    const own = { ...options, headers };
    this.sendFile(own.root ? file : path.resolve(file), own, done);
  };

  response['attachment'] = function (this: Response, file?: string): Response {
    const name = file === undefined ? undefined : path.basename(file);
    if (name) this.type(path.extname(name));
    return this.set('Content-Disposition', engine.attachment(name));
  };
}
