/** Streams of Node from web streams and the other way round, beside Node's own. */
import { printsAsNode } from './support.mjs';

/** `log` is printed at the end; `stalled` gives one piece and then nothing, `three` gives three, `taking` takes all that it is given. */
const check = (name, code) => printsAsNode(name, `
const { Duplex, Readable, Transform, Writable } = require('stream');
const log = [];
const cancel = (reason) => void log.push('cancel', String(reason && reason.message));
const stalled = () => new ReadableStream({ start: (to) => to.enqueue(new Uint8Array([65])), cancel });
const three = (left = 3) => new ReadableStream({ pull(to) { if (left) to.enqueue('p' + left--); else to.close() }, cancel });
const taking = () => new Writable({ write(chunk, _, done) { log.push(String(chunk)); done() }, final(done) { log.push('final'); done() }, destroy(error, done) { log.push('destroy', error && error.message); done(error) } });
const follow = (stream) => { for (const name of ['data', 'end', 'finish', 'error', 'close']) stream.on(name, (value) => log.push(name, String(value instanceof Error ? value.message : value))); return stream };
const soon = (stream) => new Promise((done) => stream.on('close', done));
const all = async (source) => { const pieces = []; for await (const piece of source) pieces.push(piece); return pieces };
const refused = (run) => { try { run() } catch ({ name, code, message }) { console.log(name, code, message) } };
(async () => { ${code} })().catch((error) => console.log('thrown', error.name, error.message)).finally(() => console.log(log));`);

await check('what is no stream', "for (const value of ['x', 5, null, undefined, {}, []]) for (const run of [() => Readable.fromWeb(value), () => Readable.toWeb(value), () => Writable.fromWeb(value), () => Writable.toWeb(value)]) refused(run); refused(() => Readable.fromWeb(three(), 5)); const locked = three(); locked.getReader(); refused(() => Readable.fromWeb(locked))");
await check('read', "console.log(await all(Readable.fromWeb(three())), await all(Readable.fromWeb(three(), { objectMode: true })), await all(Readable.fromWeb(three(), { encoding: 'utf8' })))");
await check('a stalled source is cancelled', "const stream = follow(Readable.fromWeb(stalled())); await new Promise((done) => setTimeout(done, 20)); stream.destroy(); await soon(stream)");
await check('with an error', "const stream = follow(Readable.fromWeb(stalled())); await new Promise((done) => setTimeout(done, 20)); stream.destroy(new Error('mine')); await soon(stream)");
await check('by a signal', "const stop = new AbortController(); const stream = follow(Readable.fromWeb(stalled(), { signal: stop.signal })); setTimeout(() => stop.abort(), 10); await soon(stream)");
await check('left in the middle', "for await (const piece of Readable.fromWeb(three(100))) break");
await check('a source that fails', "await all(Readable.fromWeb(new ReadableStream({ pull(to) { to.error(new Error('boom')) } })))");
await check('to the web', "const web = Readable.toWeb(Readable.from(['a', 'b'])); console.log(web instanceof ReadableStream, await all(web), await all(Readable.toWeb(Readable.from([Buffer.from('ab')], { objectMode: false }))))");
await check('to the web, cancelled', "const stream = follow(new Readable({ read() {} })); await Readable.toWeb(stream).getReader().cancel(new Error('stop')); await new Promise((done) => setTimeout(done, 20))");
await check('to the web, failing', "await Readable.toWeb(new Readable({ read() { this.destroy(new Error('bad')) } })).getReader().read()");
await check('written from the web', "await three().pipeTo(Writable.toWeb(taking())); const writer = Writable.toWeb(taking()).getWriter(); await writer.write('x'); await writer.write(new Uint8Array([65])); await writer.close()");
await check('written from the web, failing', "const writer = Writable.toWeb(new Writable({ write(chunk, _, done) { done(new Error('no')) } })).getWriter(); writer.closed.catch(() => {}); await writer.write('x')");
await check('written from the web, aborted', "const stream = follow(taking()); const writer = Writable.toWeb(stream).getWriter(); writer.closed.catch(() => {}); await writer.abort(new Error('stop')); await soon(stream)");
await check('written to the web', "const stream = follow(Writable.fromWeb(new WritableStream({ write: (chunk) => void log.push(chunk), close: () => void log.push('closed') }))); stream.write('x'); stream.end('y'); await soon(stream)");
await check('written to the web, failing', "const stream = follow(Writable.fromWeb(new WritableStream({ write() { throw new Error('no') } }))); stream.write('x'); await soon(stream)");
await check('written to the web, destroyed', "const stream = follow(Writable.fromWeb(new WritableStream({ abort: (error) => void log.push('abort', error.message) }))); stream.destroy(new Error('mine')); await soon(stream)");
await check('both ways', "const { readable, writable } = Duplex.toWeb(new Transform({ transform(chunk, _, done) { done(null, String(chunk).toUpperCase()) } })); three().pipeThrough({ readable, writable }); console.log((await all(readable)).map((piece) => Buffer.from(piece).toString())); const pair = new TransformStream(); const duplex = follow(Duplex.fromWeb(pair)); duplex.end('x'); await soon(duplex)");
await check('what has ended', "const [readable, writable] = [Readable.from(['a']), taking()]; readable.destroy(); writable.destroy(); console.log(await all(Readable.toWeb(readable)), await Writable.toWeb(writable).getWriter().closed)");
await check('requests and answers', "const server = require('http').createServer((req, res) => Readable.toWeb(req).pipeTo(Writable.toWeb(res))).listen(3478, async () => { console.log(await (await fetch('http://localhost:3478', { method: 'POST', body: 'hello' })).text()); server.close(); server.closeAllConnections(); })");
