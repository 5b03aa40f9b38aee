/** Node's own inspect and format, on errors whose stacks name the learner's files. */
import util from 'node-inspect-extracted';
import { teachPlatform } from './platform';

interface Inspect {
  (value: unknown, options?: object | boolean, depth?: number | null, colors?: boolean): string;
  custom: symbol;
  defaultOptions: object;
}

export const inspect = util.inspect as unknown as Inspect;
export const format = util.format as (...parts: unknown[]) => string;
export const formatWithOptions = util.formatWithOptions as (options: object, ...parts: unknown[]) => string;

teachPlatform();
