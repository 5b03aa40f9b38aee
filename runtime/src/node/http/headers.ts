/** The rules for header names and values, and the header table of an outgoing message. */
import type { HeaderList } from '../../protocol';
import { nodeError } from '../errors';
import { addValue } from './framing';

export type HeaderValue = string | number | readonly string[];
const TOKEN = /^[!#$%&'*+\-.^_`|~A-Za-z0-9]+$/;
// eslint-disable-next-line no-control-regex
const INVALID = /[^\t\x20-\x7e\x80-\xff]/;

/** Names that were found good, and how they are looked up; more than a program uses, and few enough for a hostile one. */
const tokens = new Map<string, string>();
const MOST_TOKENS = 200;

export function isToken(name: unknown): name is string {
  if (typeof name !== 'string') return false;
  if (tokens.has(name)) return true;
  if (!TOKEN.test(name)) return false;
  if (tokens.size < MOST_TOKENS) tokens.set(name, name.toLowerCase());
  return true;
}

/** A name in lower case. */
export function keyOf(name: string): string {
  return tokens.get(name) ?? name.toLowerCase();
}

export function checkName(name: unknown, label = 'Header name'): asserts name is string {
  if (!isToken(name)) throw nodeError(TypeError, 'ERR_INVALID_HTTP_TOKEN', `${label} must be a valid HTTP token ["${String(name)}"]`);
}

export function checkValue(name: string, value: unknown): void {
  if (value === undefined) throw nodeError(TypeError, 'ERR_HTTP_INVALID_HEADER_VALUE', `Invalid value "undefined" for header "${name}"`);
  if (Array.isArray(value)) for (const item of value) checkText(name, item);
  else checkText(name, value);
}

/** Values up to this length are read letter by letter, which is quicker than to start an expression. */
const SHORT = 64;

function checkText(name: string, value: unknown): void {
  if (hasInvalidCharacter(String(value))) throw nodeError(TypeError, 'ERR_INVALID_CHAR', `Invalid character in header content ["${name}"]`);
}

export function hasInvalidCharacter(text: string): boolean {
  if (text.length > SHORT) return INVALID.test(text);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if ((code < 32 && code !== 9) || code === 127 || code > 255) return true;
  }
  return false;
}

export function headersSent(what: string): Error {
  return nodeError(Error, 'ERR_HTTP_HEADERS_SENT', `Cannot ${what} headers after they are sent to the client`);
}

/** Headers in the order in which their names were first set. Few at a time: looking through a list is faster than a Map. */
export class HeaderTable {
  /** Grows with each change. */
  version = 0;
  /** Names in lower case, names as written, and values, side by side. */
  readonly keys: string[] = [];
  readonly names: string[] = [];
  readonly values: HeaderValue[] = [];

  get(key: string): HeaderValue | undefined {
    const at = this.keys.indexOf(key);
    return at === -1 ? undefined : this.values[at];
  }

  nameOf(key: string): string | undefined {
    const at = this.keys.indexOf(key);
    return at === -1 ? undefined : this.names[at];
  }

  has(key: string): boolean {
    return this.keys.includes(key);
  }

  set(key: string, name: string, value: HeaderValue): void {
    this.version += 1;
    const known = this.keys.indexOf(key);
    const at = known === -1 ? this.keys.push(key) - 1 : known;
    this.names[at] = name;
    this.values[at] = value;
  }

  delete(key: string): void {
    const at = this.keys.indexOf(key);
    if (at === -1) return;
    this.version += 1;
    for (const list of [this.keys, this.names, this.values]) list.splice(at, 1);
  }

  list(): HeaderList {
    const { names, values } = this;
    const list: HeaderList = [];
    for (let at = 0; at < names.length; at += 1) addValue(list, names[at]!, values[at]);
    return list;
  }
}
