/** `net`, `tls` and `dns` over the ports of the sandbox. */
import EventEmitter from 'events';
import { errnoOf, nodeError } from '../errors';
import { SecureServer } from '../http/server';
import { MONGO_PORT } from '../../sandbox/backend';
import { addressOf, isAtlas, isIP, isIPv4, isIPv6 } from './addresses';
import { NetServer } from './server';
import { connectArguments, Socket } from './socket';

/** A socket over TLS. Nothing is encrypted: nothing leaves the page. */
class TLSSocket extends Socket {
  override encrypted = true;
  readonly authorized = true;
  readonly authorizationError = null;
  readonly alpnProtocol = false;

  getPeerCertificate(): object {
    return {};
  }

  getProtocol(): string {
    return 'TLSv1.3';
  }

  disableRenegotiation(): void {}

  protected override connectEvent(): string {
    return 'secureConnect';
  }

  protected override connected(): void {
    super.connected();
    this.emit('secureConnect');
  }
}

const connector = (Kind: typeof Socket) => (...args: unknown[]): Socket => new Kind(connectArguments(args).options).connect(...args);

/** What can be called without `new`, as Node's own classes can. */
function callable<T extends new (...args: never[]) => object>(Class: T): T {
  return new Proxy(Class, { apply: (target, _self, args: never[]) => new target(...args) });
}

export function makeNet(): Record<string, unknown> {
  const connect = connector(Socket);
  const SocketClass = callable(Socket);
  return {
    isIP,
    isIPv4,
    isIPv6,
    Socket: SocketClass,
    Stream: SocketClass,
    Server: callable(NetServer),
    BlockList: class BlockList extends EventEmitter {},
    createServer: (...args: [unknown?, never?]) => new NetServer(...args),
    connect,
    createConnection: connect,
    getDefaultAutoSelectFamily: () => true,
    setDefaultAutoSelectFamily: () => undefined,
  };
}

export function makeTls(): Record<string, unknown> {
  const createServer = (): never => {
    throw nodeError(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', 'tls.createServer needs raw sockets, which this sandbox does not have. Use https');
  };
  return { Server: SecureServer, TLSSocket: callable(TLSSocket), createServer, connect: connector(TLSSocket), createSecureContext: () => ({}), rootCertificates: [] };
}

type Lookup = (error: Error | null, ...answers: unknown[]) => void;

function notFound(syscall: string, hostname: string): Error {
  return Object.assign(new Error(`${syscall} ENOTFOUND ${hostname}`), { errno: errnoOf('ENOTFOUND'), code: 'ENOTFOUND', syscall, hostname });
}

/** The records that the sandbox knows: its own names, and those of MongoDB's cloud, which its database stands in for. */
const RECORDS: Record<string, (name: string) => unknown[] | undefined> = {
  resolveSrv(name) {
    const host = name.replace(/^_mongodb\._tcp\./, '');
    if (!name.startsWith('_mongodb._tcp.') || !isAtlas(host)) return undefined;
    const [first, ...rest] = host.split('.');
    return [{ name: `${first}-shard-00-00.${rest.join('.')}`, port: MONGO_PORT, priority: 0, weight: 0 }];
  },
  resolveTxt: (name) => (isAtlas(name) ? [['authSource=admin']] : undefined),
  resolve4: (name) => known(name),
  resolve6: () => undefined,
  resolveCname: () => undefined,
  resolveMx: () => undefined,
  reverse: (address) => (addressOf(address) ? ['localhost'] : undefined),
};

function known(name: string): string[] | undefined {
  const address = addressOf(name);
  return address === undefined ? undefined : [address];
}

const SYSCALLS: Record<string, string> = { resolve4: 'queryA', resolve6: 'queryAaaa', resolveSrv: 'querySrv', resolveTxt: 'queryTxt', resolveCname: 'queryCname', resolveMx: 'queryMx', reverse: 'getHostByAddr' };

export function makeDns(): Record<string, unknown> {
  const promises: Record<string, unknown> = {};
  const callbacks: Record<string, unknown> = {};
  for (const [name, find] of Object.entries(RECORDS)) {
    const ask = async (host: string): Promise<unknown[]> => {
      const found = find(String(host));
      if (!found) throw notFound(SYSCALLS[name]!, String(host));
      return found;
    };
    promises[name] = ask;
    callbacks[name] = (host: string, ...rest: unknown[]) => void ask(host).then((found) => (rest.at(-1) as Lookup)(null, found), rest.at(-1) as Lookup);
  }
  const lookup = async (host: string, options: { all?: boolean } = {}): Promise<unknown> => {
    const address = addressOf(String(host));
    if (address === undefined) throw notFound('getaddrinfo', String(host));
    const one = { address, family: address.includes(':') ? 6 : 4 };
    return options.all ? [one] : one;
  };
  promises.lookup = lookup;
  promises.resolve = (host: string, type = 'A') => (promises[type === 'A' ? 'resolve4' : `resolve${type[0]}${type.slice(1).toLowerCase()}`] as (host: string) => unknown)(host);
  callbacks.resolve = (host: string, ...rest: unknown[]) =>
    void (promises.resolve as (...args: unknown[]) => Promise<unknown>)(host, ...rest.slice(0, -1)).then((found) => (rest.at(-1) as Lookup)(null, found), rest.at(-1) as Lookup);
  callbacks.lookup = (host: string, ...rest: unknown[]) => {
    const options = typeof rest[0] === 'object' ? (rest[0] as { all?: boolean }) : {};
    const done = rest.at(-1) as Lookup;
    void lookup(host, options).then((found) => (Array.isArray(found) ? done(null, found) : done(null, (found as { address: string }).address, (found as { family: number }).family)), done);
  };
  return { ...callbacks, promises, ADDRCONFIG: 32, V4MAPPED: 8, setDefaultResultOrder: () => undefined, getDefaultResultOrder: () => 'verbatim', setServers: () => undefined, getServers: () => [] };
}
