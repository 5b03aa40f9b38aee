/** Real Express on an `http` in memory. */
import real from 'express';
import { Buffer } from 'buffer';
import { IncomingMessage, ServerResponse } from './http.mjs';
import { source } from '../cases.mjs';

/** Runs a function as a task of its own, once the microtasks of now have run. */
const post = (run) => void scheduler.postTask(run);

/** A subject of `race`: the handler is called straight away. */
export function express({ app, request: { method = 'GET', url, headers = [['Host', 'localhost']], body } }) {
  const module = { exports: undefined };
  new Function('require', 'module', source(app))(() => real, module);
  const handler = module.exports;
  const send = () => new Promise((done, fail) => {
    const request = new IncomingMessage(method, url, headers);
    const response = new ServerResponse(request);
    response.on('finish', () => done({ status: response.statusCode, chunks: response.chunks }));
    // An error on the way would be measured as work.
    handler(request, response, (error) => fail(error ?? new Error('no route took the request')));
    if (body) request.push(Buffer.from(body));
    request.complete = true;
    request.push(null);
  });
  const read = ({ status, chunks }) => ({ status, body: Buffer.concat(chunks).toString() });
  return { send, read };
}

/** The same with what Node promises: a request begins in a task of its own, after all that the one before left to promises. */
export function expressInTasks(one) {
  const { send, read } = express(one);
  return { send: () => new Promise((done) => post(() => done(send()))), read };
}
