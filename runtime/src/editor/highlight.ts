/** Code outside the editor in the editor's colours: lines of HTML with the classes of the design. */
import { cssLanguage } from '@codemirror/lang-css';
import { htmlLanguage } from '@codemirror/lang-html';
import { javascriptLanguage } from '@codemirror/lang-javascript';
import { jsonLanguage } from '@codemirror/lang-json';
import type { Language } from '@codemirror/language';
import { highlightCode, tagHighlighter, tags } from '@lezer/highlight';

/** A map: of an object, `constructor` would be a known ending. */
const LANGUAGES = new Map<string, Language>(Object.entries({ js: javascriptLanguage, mjs: javascriptLanguage, cjs: javascriptLanguage, json: jsonLanguage, html: htmlLanguage, css: cssLanguage }));

const classes = tagHighlighter([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier, tags.tagName], class: 'k' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp, tags.attributeValue], class: 's' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], class: 'n' },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], class: 'f' },
  { tag: [tags.comment, tags.meta], class: 'c' },
  { tag: [tags.propertyName, tags.attributeName], class: 'p' },
  { tag: [tags.operator, tags.bracket, tags.punctuation], class: 'o' },
]);

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** One string of HTML per line. A file of an unknown kind is only escaped. */
export function highlightLines(path: string, text: string): string[] {
  const language = LANGUAGES.get(path.slice(path.lastIndexOf('.') + 1));
  const escape = (code: string) => code.replace(/[&<>"]/g, (letter) => ENTITIES[letter] ?? letter);
  if (!language) return text.split('\n').map(escape);
  const lines = [''];
  const put = (code: string, names: string) => {
    lines[lines.length - 1] += names ? `<i class="${names}">${escape(code)}</i>` : escape(code);
  };
  highlightCode(text, language.parser.parse(text), classes, put, () => lines.push(''));
  return lines;
}
