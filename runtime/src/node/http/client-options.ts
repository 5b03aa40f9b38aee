/** The many ways to say where a request goes, and what is no way. */
import { inspect } from '../../console/inspect';
import { invalidArgType, nodeError, received } from '../errors';
import { Agent } from './agent';
import type { RequestOptions } from './client';
import { duration } from './socket';

const TOKEN = /^[!#$%&'*+\-.^_`|~A-Za-z0-9]+$/;
const UNESCAPED = /[^\u0021-\u00ff]/;

type OnResponse = (response: never) => void;

function ofUrl(url: URL): RequestOptions {
  const { hostname } = url;
  return {
    // A URL may carry options that a program has put on it.
    ...(url as unknown as RequestOptions),
    protocol: url.protocol,
    hostname: hostname.startsWith('[') ? hostname.slice(1, -1) : hostname,
    path: `${url.pathname}${url.search}`,
    ...(url.port === '' ? {} : { port: Number(url.port) }),
    ...(url.username || url.password ? { auth: `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}` } : {}),
  };
}

function hostOf(value: unknown, name: string): string | undefined {
  if (value === null || value === undefined || typeof value === 'string') return value ?? undefined;
  throw invalidArgType(`options.${name}`, 'of type string or one of undefined or null', value);
}

function checkAgent(agent: unknown): void {
  if (agent === undefined || agent === null || agent === false || typeof (agent as Agent).addRequest === 'function') return;
  throw nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', `The "options.agent" property must be one of Agent-like Object, undefined, or false.${received(agent)}`);
}

function isFlag(value: unknown, name: string): void {
  if (value !== undefined && typeof value !== 'boolean') throw invalidArgType(`options.${name}`, 'of type boolean', value);
}

/** What `http.request` was given, as one table, and the listener. */
export function readArguments(args: unknown[]): { options: RequestOptions; listener: OnResponse | undefined } {
  const [first] = args;
  const rest = [...args];
  let options: RequestOptions = {};
  if (typeof first === 'string') options = ofUrl(new URL(rest.shift() as string));
  else if (first instanceof URL) options = ofUrl(rest.shift() as URL);
  else if (first !== undefined && first !== null && typeof first !== 'function') options = { ...(rest.shift() as RequestOptions) };
  else if (typeof first !== 'function') rest.shift();
  if (typeof rest[0] === 'object' && rest[0] !== null) Object.assign(options, rest[0]);
  const listener = [...rest].find((item) => typeof item === 'function') as OnResponse | undefined;
  return { options, listener };
}

export interface Settled {
  agent: Agent | undefined;
  protocol: string;
  method: string;
  path: string;
  host: string;
  port: number;
  defaultPort: number;
}

/** Fills in what is missing. Throws Node's errors for what is wrong. */
export function settle(options: RequestOptions, globalAgent: Agent): Settled {
  checkAgent(options.agent);
  let agent = (options.agent ?? undefined) as Agent | false | undefined;
  const fallback = (options._defaultAgent as Agent | undefined) ?? globalAgent;
  if (agent === false) agent = new (fallback.constructor as typeof Agent)();
  else if (agent === undefined && typeof options.createConnection !== 'function') agent = fallback;
  const expected = agent?.protocol || fallback.protocol;
  const protocol = options.protocol || fallback.protocol;
  if (options.path !== undefined && options.path !== null && UNESCAPED.test(String(options.path))) {
    throw nodeError(TypeError, 'ERR_UNESCAPED_CHARACTERS', 'Request path contains unescaped characters');
  }
  if (protocol !== expected) throw nodeError(TypeError, 'ERR_INVALID_PROTOCOL', `Protocol "${protocol}" not supported. Expected "${expected}"`);
  const defaultPort = Number(options.defaultPort || agent?.defaultPort || fallback.defaultPort);
  // `host` may carry a port, where programs forget that `hostname` is the name for it.
  const host = (hostOf(options.hostname, 'hostname') || hostOf(options.host, 'host') || 'localhost').replace(/^([^:]+):\d+$/, '$1');
  const inHost = /^[^:]+:(\d+)$/.exec(options.host ?? '')?.[1];
  const { method } = options;
  if (method !== undefined && method !== null && typeof method !== 'string') throw invalidArgType('options.method', 'of type string', method);
  if (method && !TOKEN.test(method)) throw nodeError(TypeError, 'ERR_INVALID_HTTP_TOKEN', `Method must be a valid HTTP token ["${method}"]`);
  isFlag(options.insecureHTTPParser, 'insecureHTTPParser');
  isFlag(options.joinDuplicateHeaders, 'joinDuplicateHeaders');
  if (options.maxHeaderSize !== undefined && typeof options.maxHeaderSize !== 'number') throw invalidArgType('maxHeaderSize', 'of type number', options.maxHeaderSize);
  if (options.timeout !== undefined) duration(options.timeout, 'timeout');
  return {
    agent, protocol, host, defaultPort,
    method: method ? method.toUpperCase() : 'GET',
    path: options.path || '/',
    port: Number(options.port || inHost || defaultPort),
  };
}

/** Headers as pairs, in the order of a list or an object. */
export function pairsOf(headers: unknown): [string, unknown][] {
  if (!Array.isArray(headers)) return Object.entries((headers ?? {}) as object);
  if (headers.length > 0 && Array.isArray(headers[0])) return headers as [string, unknown][];
  if (headers.length % 2 !== 0) throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'headers' is invalid.${` Received ${inspect(headers)}`}`);
  return Array.from({ length: headers.length / 2 }, (_, at) => [headers[2 * at] as string, headers[2 * at + 1]]);
}
