/** How a Buffer is printed: its first bytes, how many more there are, and what a program has put on it. */
import { inspect } from '../../console/inspect';
import { invalidArgType, outOfRange } from '../errors';

/** `buffer.INSPECT_MAX_BYTES`, which programs may set. */
let most = 50;

export const inspectMaxBytes = {
  get: () => most,
  set(bytes: unknown): void {
    if (typeof bytes !== 'number') throw invalidArgType('INSPECT_MAX_BYTES', 'of type number', bytes);
    if (!(bytes >= 0)) throw outOfRange('INSPECT_MAX_BYTES', '>= 0', bytes);
    most = bytes;
  },
  enumerable: true,
  configurable: true,
};

export function print(this: Uint8Array, _depth?: unknown, context?: object): string {
  const shown = Array.from(this.subarray(0, most), (byte) => byte.toString(16).padStart(2, '0'));
  const left = this.length - most;
  const more = left > 0 ? ` ... ${left} more byte${left > 1 ? 's' : ''}` : '';
  const own = Object.keys(this).slice(this.length);
  const extras = context && own.length > 0 ? Object.fromEntries(own.map((name) => [name, (this as unknown as Record<string, unknown>)[name]])) : undefined;
  const text = extras ? inspect(extras, { ...context, breakLength: Infinity, compact: true }).slice(1, -1).trim() : '';
  return `<${this.constructor.name} ${shown.join(' ')}${more}${text && this.length > 0 ? ', ' : ''}${text}>`;
}
