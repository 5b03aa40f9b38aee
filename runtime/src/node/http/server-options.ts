/** What `http.createServer` takes, checked and filled in. */
import { invalidArgType, outOfRange } from '../errors';
import type { Service } from './accept';

export interface ServerOptions {
  classes: Pick<Service, 'IncomingMessage' | 'ServerResponse'>;
  headersTimeout: number;
  requestTimeout: number;
  keepAliveTimeout: number;
  requireHostHeader: boolean;
  joinDuplicateHeaders: boolean;
  rejectNonStandardBodyWrites: boolean;
  maxHeaderSize: number;
}

/** Bytes of a head; also what a response may have. */
export const MAX_HEADER_SIZE = 16_384;

function whole(name: string, value: unknown, fallback: number): number {
  if (value === undefined) return fallback;
  if (typeof value !== 'number') throw invalidArgType(name, 'of type number', value);
  if (!Number.isInteger(value)) throw outOfRange(name, 'an integer', value);
  if (value < 0) throw outOfRange(name, '>= 0 && <= 9007199254740991', value);
  return value;
}

function flag(name: string, value: unknown, fallback: boolean): boolean {
  if (value === undefined) return fallback;
  if (typeof value !== 'boolean') throw invalidArgType(name, 'of type boolean', value);
  return value;
}

export function readServerOptions(given: unknown): ServerOptions {
  const isObject = typeof given === 'object' && given !== null;
  if (!isObject && given !== null && given !== undefined && typeof given !== 'function') throw invalidArgType('options', 'of type object', given);
  const options = (isObject ? given : {}) as Record<string, unknown>;
  const requestTimeout = whole('requestTimeout', options.requestTimeout, 300_000);
  const headersTimeout = whole('headersTimeout', options.headersTimeout, requestTimeout > 0 ? Math.min(60_000, requestTimeout) : 60_000);
  if (requestTimeout > 0 && headersTimeout > requestTimeout) throw outOfRange('headersTimeout', '<= requestTimeout', headersTimeout);
  flag('options.insecureHTTPParser', options.insecureHTTPParser, false);
  return {
    classes: options as ServerOptions['classes'],
    headersTimeout,
    requestTimeout,
    keepAliveTimeout: whole('keepAliveTimeout', options.keepAliveTimeout, 5000),
    requireHostHeader: flag('options.requireHostHeader', options.requireHostHeader, true),
    joinDuplicateHeaders: flag('options.joinDuplicateHeaders', options.joinDuplicateHeaders, false),
    rejectNonStandardBodyWrites: flag('options.rejectNonStandardBodyWrites', options.rejectNonStandardBodyWrites, false),
    maxHeaderSize: whole('maxHeaderSize', options.maxHeaderSize, 0) || MAX_HEADER_SIZE,
  };
}
