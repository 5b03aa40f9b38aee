/** qs's `parse` over the engine's, for calls with the options that Express and body-parser give; any other call is the real one's. */

/** With `allowPrototypes` in every call. */
const OPTIONS = ['allowPrototypes', 'arrayLimit', 'charset', 'charsetSentinel', 'depth', 'interpretNumericEntities', 'parameterLimit', 'strictDepth'];
const LATIN1 = 1;
const CHARSET_SENTINEL = 2;
const NUMERIC_ENTITIES = 4;

const isWhole = (value) => value === undefined || value === Infinity || (Number.isInteger(value) && value >= 0);

export function qsOf(sandbox, real) {
  const { parseQueryTree } = sandbox.options.engine.functions;
  /** Who answered since the last look. */
  const asked = { ours: 0, real: 0 };

  function isAsExpress(text, options) {
    if (typeof text !== 'string' || typeof options !== 'object' || options === null) return false;
    if (options.allowPrototypes !== true && 'hasOwnProperty,toString,constructor,__proto__'.split(',').some((name) => text.includes(name))) return false;
    if (options.charset !== undefined && options.charset !== 'utf-8' && options.charset !== 'iso-8859-1') return false;
    return Object.keys(options).every((name) => OPTIONS.includes(name)) && [options.arrayLimit, options.depth, options.parameterLimit].every(isWhole);
  }

  function parse(text, options = {}) {
    if (!isAsExpress(text, options)) {
      asked.real += 1;
      return real.parse(text, options);
    }
    asked.ours += 1;
    const { depth = 5, strictDepth = false, arrayLimit = 20, parameterLimit = 1000 } = options;
    const charset =
      (options.charset === 'iso-8859-1' ? LATIN1 : 0) |
      (options.charsetSentinel ? CHARSET_SENTINEL : 0) |
      (options.interpretNumericEntities ? NUMERIC_ENTITIES : 0);
    const most = (value) => Math.min(value, 0x7fffffff);
    try {
      return JSON.parse(parseQueryTree(text, depth, strictDepth, most(arrayLimit), most(parameterLimit), charset));
    } catch {
      throw new RangeError(`Input depth exceeded depth option of ${depth} and strictDepth is true`);
    }
  }

  return { asked, qs: { ...real, parse } };
}
