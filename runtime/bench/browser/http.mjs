/** An `http` in memory, as small as Express allows: no socket, no check of what is set, no framing. */
import { Buffer } from 'buffer';
import process from 'process';
import { Readable, Stream } from 'stream';

export const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
export const STATUS_CODES = { 200: 'OK', 201: 'Created', 304: 'Not Modified', 400: 'Bad Request', 404: 'Not Found', 500: 'Internal Server Error' };

export class IncomingMessage extends Readable {
  httpVersion = '1.1';
  httpVersionMajor = 1;
  httpVersionMinor = 1;
  complete = false;
  headers = {};
  socket = { readable: true, writable: true, remoteAddress: '::1' };

  constructor(method, url, headers) {
    super();
    this.method = method;
    this.url = url;
    for (const [name, value] of headers) this.headers[name.toLowerCase()] = value;
  }

  _read() {}
}

export class ServerResponse extends Stream {
  statusCode = 200;
  statusMessage = '';
  headersSent = false;
  finished = false;
  writable = true;
  chunks = [];
  table = new Map();

  constructor(request) {
    super();
    this.req = request;
    this.socket = request.socket;
  }

  setHeader(name, value) {
    this.table.set(name.toLowerCase(), [name, value]);
    return this;
  }

  getHeader(name) {
    return this.table.get(name.toLowerCase())?.[1];
  }

  hasHeader(name) {
    return this.table.has(name.toLowerCase());
  }

  removeHeader(name) {
    this.table.delete(name.toLowerCase());
  }

  getHeaderNames() {
    return [...this.table.keys()];
  }

  /** The head that would go over the wire. */
  writeHead(status) {
    this.statusCode = status;
    this.headersSent = true;
    this.setHeader('Date', new Date().toUTCString());
    let head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n`;
    for (const [name, value] of this.table.values()) head += `${name}: ${value}\r\n`;
    this.head = `${head}\r\n`;
  }

  write(chunk, encoding) {
    if (!this.headersSent) this.writeHead(this.statusCode);
    this.chunks.push(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk);
    return true;
  }

  end(chunk, encoding) {
    if (chunk) this.write(chunk, encoding);
    else if (!this.headersSent) this.writeHead(this.statusCode);
    this.finished = true;
    process.nextTick(() => this.emit('finish'));
    return this;
  }
}

export default { METHODS, STATUS_CODES, IncomingMessage, ServerResponse };
