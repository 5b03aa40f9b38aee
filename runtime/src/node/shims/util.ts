/** What libraries of the runtime ask of `util`. */
export { inspect, format, formatWithOptions } from '../../console/inspect';
export { inherits, promisify, deprecate, types, isDeepStrictEqual } from '../util';
