/** What `require('http')` and `require('https')` give. */
import type { Program } from '../../sandbox/program';
import { Agent, globalAgentOf, setGlobalAgent, type AgentOptions } from './agent';
import { ClientRequest } from './client';
import { checkName, checkValue } from './headers';
import { IncomingMessage } from './incoming';
import { OutgoingMessage } from './outgoing';
import { ServerResponse } from './response';
import { SecureServer, Server } from './server';
import { MAX_HEADER_SIZE } from './server-options';
import { METHODS, STATUS_CODES } from './status';

/** Old code calls `http.Server(handler)` without `new`. */
export const callable = <T extends new (...args: never[]) => object>(Class: T): T =>
  new Proxy(Class, { apply: (target, _self, args) => Reflect.construct(target, args) as object });

function ended(request: ClientRequest): ClientRequest {
  request.end();
  return request;
}

export function makeHttp(program: Program): Record<string, unknown> {
  const request = (...args: unknown[]): ClientRequest => new ClientRequest(...args);
  return {
    METHODS: [...METHODS],
    STATUS_CODES: { ...STATUS_CODES },
    Agent,
    ClientRequest: callable(ClientRequest),
    IncomingMessage,
    OutgoingMessage,
    Server: callable(Server),
    ServerResponse,
    createServer: (options?: unknown, listener?: () => void) => new Server(options, listener),
    validateHeaderName: checkName,
    validateHeaderValue: checkValue,
    get: (...args: unknown[]) => ended(request(...args)),
    request,
    setMaxIdleHTTPParsers: () => undefined,
    maxHeaderSize: MAX_HEADER_SIZE,
    get globalAgent() {
      return globalAgentOf(program);
    },
    set globalAgent(agent: Agent) {
      setGlobalAgent(program, agent);
    },
  };
}

/** TLS itself is not simulated: a request over https reaches a server made here, and shows as encrypted. */
export function makeHttps(): Record<string, unknown> {
  class SecureAgent extends (Agent as new (options?: AgentOptions) => Agent) {
    override defaultPort = 443;
    override protocol = 'https:';
  }
  const module = { globalAgent: new SecureAgent({ keepAlive: true, scheduling: 'lifo', timeout: 5000 }) };
  const request = (...args: unknown[]): ClientRequest => {
    const at = args[0] !== null && typeof args[0] === 'object' && !(args[0] instanceof URL) ? 0 : 1;
    const given = typeof args[at] === 'object' ? args[at] : {};
    const rest = typeof args[at] === 'object' ? args.slice(at + 1) : args.slice(at);
    return new ClientRequest(...args.slice(0, at), { ...given, _defaultAgent: module.globalAgent }, ...rest);
  };
  return Object.assign(module, {
    Agent: callable(SecureAgent),
    Server: callable(SecureServer),
    createServer: (options?: unknown, listener?: () => void) => new SecureServer(options, listener),
    get: (...args: unknown[]) => ended(request(...args)),
    request,
  });
}
