/** `http.Agent`: which connection a request takes, and how many there are. */
import { EventEmitter } from '../events/emitter';
import type { Program } from '../../sandbox/program';
import { current } from '../../sandbox/realm';
import { abortError, invalidArgType, nodeError, outOfRange, received } from '../errors';
import { nextTick } from '../shims/process';
import type { ClientRequest, RequestOptions } from './client';
import { HttpSocket } from './socket';

export interface AgentOptions {
  keepAlive?: boolean;
  keepAliveMsecs?: number;
  maxSockets?: number;
  maxFreeSockets?: number;
  maxTotalSockets?: number;
  scheduling?: string;
  timeout?: number;
  [name: string]: unknown;
}

type Named<T> = Record<string, T[] | undefined>;
type OnSocket = (error: Error | null, socket?: HttpSocket) => void;
/** What listeners of a socket that an agent looks after are told with it. */
const kOptions = Symbol('options');
interface Waiting {
  [kOptions]?: RequestOptions;
}

function put<T>(table: Named<T>, name: string, item: T): void {
  (table[name] ??= []).push(item);
}

function take<T>(table: Named<T>, name: string, item: T): boolean {
  const list = table[name];
  const at = list?.indexOf(item) ?? -1;
  if (at < 0) return false;
  list!.splice(at, 1);
  if (list!.length === 0) delete table[name];
  return true;
}

/** Old code calls it without `new`, and inherits from it with `util.inherits`. */
export interface Agent extends EventEmitter {
  defaultPort: number;
  protocol: string;
  options: AgentOptions;
  requests: Named<ClientRequest>;
  sockets: Named<HttpSocket>;
  freeSockets: Named<HttpSocket>;
  keepAliveMsecs: number;
  keepAlive: boolean;
  maxSockets: number;
  maxFreeSockets: number;
  maxTotalSockets: number;
  scheduling: string;
  totalSocketCount: number;
  createConnection(options: RequestOptions, done?: OnSocket): HttpSocket | undefined;
  getName(options?: RequestOptions): string;
  addRequest(request: ClientRequest, options: RequestOptions | string, port?: number, localAddress?: string): void;
  createSocket(request: ClientRequest, options: RequestOptions, done: OnSocket): void;
  removeSocket(socket: HttpSocket, options: RequestOptions): void;
  keepSocketAlive(socket: HttpSocket): boolean;
  reuseSocket(socket: HttpSocket, request: ClientRequest): void;
  destroy(): void;
}
type Constructor = { new (options?: AgentOptions): Agent; (options?: AgentOptions): Agent; prototype: Agent; defaultMaxSockets: number };

export const Agent = function Agent(this: Agent | undefined, options?: AgentOptions) {
  if (!(this instanceof Agent)) return new (Agent as unknown as Constructor)(options);
  (EventEmitter as unknown as { call(self: unknown): void }).call(this);
  this.defaultPort = 80;
  this.protocol = 'http:';
  this.options = { __proto__: null, noDelay: true, path: null, ...options } as AgentOptions;
  this.requests = Object.create(null) as Named<ClientRequest>;
  this.sockets = Object.create(null) as Named<HttpSocket>;
  this.freeSockets = Object.create(null) as Named<HttpSocket>;
  const given = this.options;
  this.keepAliveMsecs = given.keepAliveMsecs ?? 1000;
  this.keepAlive = given.keepAlive ?? false;
  this.maxSockets = given.maxSockets ?? Infinity;
  this.maxFreeSockets = given.maxFreeSockets ?? 256;
  this.scheduling = given.scheduling ?? 'lifo';
  this.maxTotalSockets = given.maxTotalSockets ?? Infinity;
  this.totalSocketCount = 0;
  if (!['fifo', 'lifo'].includes(this.scheduling)) {
    throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'scheduling' must be one of: 'fifo', 'lifo'.${received(this.scheduling)}`);
  }
  if (given.maxTotalSockets !== undefined) {
    if (typeof given.maxTotalSockets !== 'number') throw invalidArgType('maxTotalSockets', 'of type number', given.maxTotalSockets);
    if (!(given.maxTotalSockets >= 1)) throw outOfRange('maxTotalSockets', '>= 1', given.maxTotalSockets);
  }
  this.on('free', (socket: HttpSocket, about: RequestOptions) => freed(this, socket, about));
  return this;
} as unknown as Constructor;

Object.setPrototypeOf(Agent.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Agent, EventEmitter);
Agent.defaultMaxSockets = Infinity;
const proto = Agent.prototype;

/** A request is over: the connection serves the next one, is kept, or goes. */
function freed(agent: Agent, socket: HttpSocket, options: RequestOptions): void {
  const name = agent.getName(options);
  if (!socket.writable) return void socket.destroy();
  const request = agent.requests[name]?.shift();
  if (agent.requests[name]?.length === 0) delete agent.requests[name];
  if (request) {
    request.reusedSocket = true;
    agent.reuseSocket(socket, request);
    request.onSocket(socket);
    return;
  }
  const last = socket._httpMessage as ClientRequest | null;
  const free = agent.freeSockets[name]?.length ?? 0;
  const count = free + (agent.sockets[name]?.length ?? 0);
  const stays = last?.shouldKeepAlive && agent.keepAlive && agent.totalSocketCount <= agent.maxTotalSockets && count <= agent.maxSockets && free < agent.maxFreeSockets;
  if (!stays || !agent.keepSocketAlive(socket)) return void socket.destroy();
  socket._httpMessage = null;
  take(agent.sockets, name, socket);
  put(agent.freeSockets, name, socket);
}

proto.createConnection = function (options, done) {
  const socket = new HttpSocket(options.host === '::1' ? '::1' : '127.0.0.1', Number(options.port) || 80);
  socket.connecting = true;
  const { signal } = options;
  const stop = (): void => void socket.destroy(abortError(signal));
  const { localAddress } = options;
  if (localAddress && !/^127\.|^(?:::1|::|0\.0\.0\.0|localhost)$/.test(localAddress)) {
    nextTick(() => void socket.destroy(Object.assign(new Error(`bind EADDRNOTAVAIL ${localAddress}`), { errno: -99, code: 'EADDRNOTAVAIL', syscall: 'bind', address: localAddress })));
  }
  if (signal?.aborted) nextTick(stop);
  else signal?.addEventListener('abort', stop, { once: true });
  if (options.timeout) socket.setTimeout(options.timeout);
  const program = current.owner as Program | undefined;
  program?.post(() => {
    socket.connecting = false;
    if (socket.destroyed || !program.world.ports.has(Number(options.port) || 80)) return;
    socket.emit('connect');
    socket.emit('ready');
  });
  if (done) nextTick(done as () => void, null, socket);
  return done ? undefined : socket;
};

proto.getName = function (options = {}) {
  let name = `${options.host ?? 'localhost'}:${options.port ?? ''}:${options.localAddress ?? ''}`;
  if (options.family === 4 || options.family === 6) name += `:${options.family}`;
  if (options.socketPath) name += `:${options.socketPath}`;
  return name;
};

proto.addRequest = function (request, given, port, localAddress) {
  const first = typeof given === 'string' ? ({ host: given, port, localAddress } as RequestOptions) : given;
  const options = { ...first, ...this.options } as RequestOptions;
  if (options.socketPath) options.path = options.socketPath;
  const name = this.getName(options);
  const free = this.freeSockets[name];
  let socket: HttpSocket | undefined;
  while (free && free.length > 0 && !socket) {
    const next = this.scheduling === 'fifo' ? free.shift()! : free.pop()!;
    if (!next.destroyed) socket = next;
  }
  if (free?.length === 0) delete this.freeSockets[name];
  const used = (this.sockets[name]?.length ?? 0) + (this.freeSockets[name]?.length ?? 0);
  if (socket) {
    this.reuseSocket(socket, request);
    request.onSocket(socket);
    put(this.sockets, name, socket);
  } else if (used < this.maxSockets && this.totalSocketCount < this.maxTotalSockets) {
    this.createSocket(request, options, (error, made) => request.onSocket(made, error));
  } else {
    (request as Waiting)[kOptions] = options;
    put(this.requests, name, request);
  }
};

proto.createSocket = function (_request, given, done) {
  const options = { ...given, ...this.options, ...(given.signal ? { signal: undefined } : {}) } as RequestOptions & { encoding?: null };
  if (options.socketPath) options.path = options.socketPath;
  const name = this.getName(options);
  options.encoding = null;
  let over = false;
  const made: OnSocket = (error, socket) => {
    if (over) return;
    over = true;
    if (error) return done(error);
    put(this.sockets, name, socket!);
    this.totalSocketCount += 1;
    tend(this, socket!, options);
    done(null, socket);
  };
  if (this.keepAlive) options.keepAlive = this.keepAlive;
  const socket = this.createConnection(options, this.createConnection === proto.createConnection ? undefined : made);
  if (socket) made(null, socket);
};

/** Follows a connection's life. */
function tend(agent: Agent, socket: HttpSocket, options: RequestOptions): void {
  const free = (): void => void agent.emit('free', socket, options);
  const timeout = (): void => {
    const name = agent.getName(options);
    if (agent.freeSockets[name]?.includes(socket)) socket.destroy();
  };
  const closed = (): void => {
    agent.totalSocketCount -= 1;
    agent.removeSocket(socket, options);
  };
  const removed = (): void => {
    agent.totalSocketCount -= 1;
    agent.removeSocket(socket, options);
    socket.off('close', closed).off('free', free).off('timeout', timeout).off('agentRemove', removed);
  };
  socket.on('free', free).on('close', closed).on('timeout', timeout).on('agentRemove', removed);
}

proto.removeSocket = function (socket, options) {
  const name = this.getName(options);
  take(this.sockets, name, socket);
  take(this.freeSockets, name, socket);
  // Somebody waits for a place: of this name, or of any when all connections count together.
  const waiting = this.requests[name] ? name : Number.isFinite(this.maxTotalSockets) ? Object.keys(this.requests).find((other) => this.sockets[other] === undefined) : undefined;
  const request = waiting === undefined ? undefined : this.requests[waiting]?.[0];
  if (!request) return;
  const wanted = (request as Waiting)[kOptions]!;
  take(this.requests, waiting!, request);
  this.createSocket(request, wanted, (error, made) => request.onSocket(made, error));
};

proto.keepSocketAlive = function (socket) {
  socket.setKeepAlive();
  socket.unref();
  let wait = this.options.timeout ?? 0;
  const hint = /^timeout=(\d+)/.exec(String((socket._httpMessage as ClientRequest | null)?.res?.headers['keep-alive'] ?? ''))?.[1];
  // A little earlier than the server says, so that no request meets its end.
  const announced = hint === undefined ? Infinity : Number(hint) * 1000 - 1000;
  if (announced <= 0) return false;
  if (announced < wait) wait = announced;
  if (socket.timeout !== wait) socket.setTimeout(wait);
  return true;
};

proto.reuseSocket = function (socket, request) {
  request.reusedSocket = true;
  socket.ref();
};

proto.destroy = function () {
  for (const table of [this.freeSockets, this.sockets]) {
    for (const list of Object.values(table)) for (const socket of [...(list ?? [])]) socket.destroy();
  }
};

/** One for each program, made when it is first asked for. */
const globals = new WeakMap<object, Agent>();

export function globalAgentOf(program: object): Agent {
  let agent = globals.get(program);
  if (!agent) globals.set(program, (agent = new Agent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 })));
  return agent;
}

export function setGlobalAgent(program: object, agent: Agent): void {
  globals.set(program, agent);
}
