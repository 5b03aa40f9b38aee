/** How a Buffer is printed: its first bytes, how many more there are, and what a program has put on it. */
import { inspect } from '../../console/inspect';
import { current } from '../../sandbox/realm';
import { invalidArgType, outOfRange } from '../errors';
import { ownNames } from './own-names';

/** `buffer.INSPECT_MAX_BYTES` of each program that has set it: all programs share the class. */
const limits = new WeakMap<object, number>();
const DEFAULT_LIMIT = 50;

export const inspectMaxBytes = (program: object): PropertyDescriptor => ({
  get: () => limits.get(program) ?? DEFAULT_LIMIT,
  set(bytes: unknown): void {
    if (typeof bytes !== 'number') throw invalidArgType('INSPECT_MAX_BYTES', 'of type number', bytes);
    if (!(bytes >= 0)) throw outOfRange('INSPECT_MAX_BYTES', '>= 0', bytes);
    limits.set(program, bytes);
  },
  enumerable: true,
  configurable: true,
});

export function print(this: Uint8Array, _depth?: unknown, context?: object): string {
  const most = (current.owner && limits.get(current.owner)) ?? DEFAULT_LIMIT;
  const shown = Array.from(this.subarray(0, most), (byte) => byte.toString(16).padStart(2, '0'));
  const left = this.length - most;
  const more = left > 0 ? ` ... ${left} more byte${left > 1 ? 's' : ''}` : '';
  const own = context ? ownNames(this) : [];
  const extras = own.length > 0 ? Object.fromEntries(own.map((name) => [name, this[name as never] as unknown])) : undefined;
  const text = extras ? inspect(extras, { ...context, breakLength: Infinity, compact: true }).slice(1, -1).trim() : '';
  return `<${this.constructor.name} ${shown.join(' ')}${more}${text && this.length > 0 ? ', ' : ''}${text}>`;
}
