/** Acorn without what the JavaScript engine it runs in has anyway: Unicode's tables and a parser of regular expressions. */
import { readFile } from 'node:fs/promises';

/** Acorn's text from one mark up to another, and what stands there instead. The marks are of the pinned version. */
const CUTS = [
  ['var astralIdentifierCodes = ', '// These are a run-length', ''],
  ['var nonASCIIidentifierStart = ', '// Test whether a given character code', 'const startsIdentifier = /\\p{ID_Start}/u, continuesIdentifier = /[\\p{ID_Continue}\\u200c\\u200d]/u;\n'],
  ['  if (code <= 0xffff) { return code >= 0xaa && nonASCIIidentifierStart', '}\n\n// Test whether', '  return code >= 0xaa && (code <= 0xffff || astral !== false) && startsIdentifier.test(String.fromCodePoint(code))\n'],
  ['  if (code <= 0xffff) { return code >= 0xaa && nonASCIIidentifier.', '}\n\n// ## Token types', '  return code >= 0xaa && (code <= 0xffff || astral !== false) && continuesIdentifier.test(String.fromCodePoint(code))\n'],
  ['var scriptValuesAddedInUnicode = ', '// Object type used to represent tokens', ''],
  ['  // Validate pattern', '  // Create Literal#value property value.', ''],
  ['    // ESTree requires null', '  }\n\n  return this.finishToken(types$1.regexp', '    this.raise(start, e.message);\n'],
];

export const acorn = {
  name: 'acorn',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]acorn[\\/]dist[\\/]acorn\.mjs$/ }, async ({ path }) => {
      let text = await readFile(path, 'utf8');
      for (const [from, to, instead] of CUTS) {
        const start = text.indexOf(from);
        const end = text.indexOf(to, start);
        if (start < 0 || end < 0) throw new Error(`Acorn's text has changed: "${start < 0 ? from : to}" is not in it. Adapt CUTS in scripts/acorn.mjs.`);
        text = text.slice(0, start) + instead + text.slice(end);
      }
      return { contents: text, loader: 'js' };
    });
  },
};
