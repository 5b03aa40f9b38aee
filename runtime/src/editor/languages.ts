/** The language of a file, by its name. */
import { css } from '@codemirror/lang-css';
import { html } from '@codemirror/lang-html';
import { javascript } from '@codemirror/lang-javascript';
import { json } from '@codemirror/lang-json';
import { markdown } from '@codemirror/lang-markdown';
import type { Extension } from '@codemirror/state';

/** A map: of an object, `constructor` would be a known ending. */
const LANGUAGES = new Map<string, () => Extension>([
  ['js', javascript],
  ['mjs', javascript],
  ['cjs', javascript],
  ['ts', () => javascript({ typescript: true })],
  ['json', json],
  ['html', html],
  ['css', css],
  ['md', markdown],
]);

/** No extension for a name that ends in none of the known ways. */
export function languageOf(path: string): Extension {
  const ending = path.slice(path.lastIndexOf('.') + 1);
  return LANGUAGES.get(ending)?.() ?? [];
}
