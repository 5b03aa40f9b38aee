/** node-inspect-extracted, which prints as a later Node does, made to print as Node 20: symbols among keys stand in brackets, the lengths of buffers do not, and `%s` tells JavaScript's own classes from the platform's. */
import { patched } from './patch.mjs';

/** The classes that JavaScript itself brings. */
const BUILT_IN =
  'Object|Function|Array|Number|Boolean|String|Symbol|BigInt|Date|Promise|RegExp|Proxy|Map|Set|WeakMap|WeakSet|WeakRef|FinalizationRegistry|DataView|' +
  '(?:Shared)?ArrayBuffer|(?:Big)?(?:Int|Uint|Float)(?:8|16|32|64)(?:Clamped)?Array|(?:Aggregate|Eval|Range|Reference|Syntax|Type|URI)?Error';

/** What stands in its text, and what is there instead. */
const CHANGES = [
  ['/^[A-Z][a-zA-Z0-9]+$/', `/^(?:${BUILT_IN})$/`],
  ['s=t.stylize(e,"symbol")}else', 's=`[${t.stylize(e,"symbol")}]`}else'],
  ['`${t.stylize(`[${r}]`,"string")}: ${i}`', '`${o?t.stylize(`[${r}]`,"string"):r}: ${i}`'],
  ['{ [byteLength]: ', '{ byteLength: '],
  ['return!1===i.enumerable&&(s=', 'return!1===i.enumerable&&"symbol"!=typeof r&&(s='],
];

export const inspect = {
  name: 'inspect',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]node-inspect-extracted[\\/]dist[\\/]inspect\.js$/ }, async ({ path }) => ({ contents: await patched(path, CHANGES, 'CHANGES in scripts/inspect.mjs'), loader: 'js' }));
  },
};
