/** The part of `net` that works without sockets. */
import EventEmitter from 'events';
import { nodeError } from './errors';
import { HttpSocket } from './http/socket';
import { SecureServer, Server } from './http/server';

const V4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;

export function isIPv4(text: unknown): boolean {
  return V4.test(String(text));
}

export function isIPv6(text: unknown): boolean {
  const address = String(text).replace(/%.*$/, '');
  if (!/^[0-9a-f:.]+$/i.test(address) || !address.includes(':')) return false;
  try {
    return new URL(`http://[${address}]/`).hostname.length > 0;
  } catch {
    return false;
  }
}

export const isIP = (text: unknown): 0 | 4 | 6 => (isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0);

export function makeNet(): Record<string, unknown> {
  const unavailable = (what: string) => (): never => {
    throw nodeError(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', `net.${what} needs raw sockets, which this sandbox does not have. Use http`);
  };
  return {
    isIP,
    isIPv4,
    isIPv6,
    Socket: HttpSocket,
    Stream: HttpSocket,
    Server,
    BlockList: class BlockList extends EventEmitter {},
    createServer: unavailable('createServer'),
    connect: unavailable('connect'),
    createConnection: unavailable('createConnection'),
  };
}

/** `tls`, as far as tools ask it whether a server is one. */
export function makeTls(): Record<string, unknown> {
  const unavailable = (what: string) => (): never => {
    throw nodeError(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', `tls.${what} needs raw sockets, which this sandbox does not have. Use https`);
  };
  return { Server: SecureServer, TLSSocket: HttpSocket, createServer: unavailable('createServer'), connect: unavailable('connect') };
}
