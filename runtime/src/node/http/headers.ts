/** The rules for header names and values, and the header table of an outgoing message. */
import type { HeaderList } from '../../protocol';
import { nodeError } from '../errors';
import { addValue } from './framing';

export type HeaderValue = string | number | readonly string[];
const TOKEN = /^[!#$%&'*+\-.^_`|~A-Za-z0-9]+$/;
// eslint-disable-next-line no-control-regex
const INVALID = /[^\t\x20-\x7e\x80-\xff]/;

export const isToken = (name: unknown): name is string => typeof name === 'string' && TOKEN.test(name);

export function checkName(name: unknown, label = 'Header name'): asserts name is string {
  if (!isToken(name)) throw nodeError(TypeError, 'ERR_INVALID_HTTP_TOKEN', `${label} must be a valid HTTP token ["${String(name)}"]`);
}

export function checkValue(name: string, value: unknown): void {
  if (value === undefined) throw nodeError(TypeError, 'ERR_HTTP_INVALID_HEADER_VALUE', `Invalid value "undefined" for header "${name}"`);
  for (const item of Array.isArray(value) ? value : [value]) {
    if (INVALID.test(String(item))) throw nodeError(TypeError, 'ERR_INVALID_CHAR', `Invalid character in header content ["${name}"]`);
  }
}

export function hasInvalidCharacter(text: string): boolean {
  return INVALID.test(text);
}

export function headersSent(what: string): Error {
  return nodeError(Error, 'ERR_HTTP_HEADERS_SENT', `Cannot ${what} headers after they are sent to the client`);
}

/** Lower-case name → name as written and value, in order. */
export class HeaderTable extends Map<string, [name: string, value: HeaderValue]> {
  /** Grows with each change. */
  version = 0;

  override set(key: string, entry: [name: string, value: HeaderValue]): this {
    this.version += 1;
    return super.set(key, entry);
  }

  override delete(key: string): boolean {
    this.version += 1;
    return super.delete(key);
  }

  list(): HeaderList {
    const list: HeaderList = [];
    for (const [name, value] of this.values()) addValue(list, name, value);
    return list;
  }
}
