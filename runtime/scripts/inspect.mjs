/** node-inspect-extracted, which prints as a later Node does, made to print as Node 20: symbols among keys stand in brackets, the lengths of buffers do not, names on a long list are found without a look at each of its places, and `%s` tells JavaScript's own classes from the platform's. */
import { patched } from './patch.mjs';

/** The classes that JavaScript itself brings. */
const BUILT_IN =
  'Object|Function|Array|Number|Boolean|String|Symbol|BigInt|Date|Promise|RegExp|Proxy|Map|Set|WeakMap|WeakSet|WeakRef|FinalizationRegistry|DataView|' +
  '(?:Shared)?ArrayBuffer|(?:Big)?(?:Int|Uint|Float)(?:8|16|32|64)(?:Clamped)?Array|(?:Aggregate|Eval|Range|Reference|Syntax|Type|URI)?Error';

/** As in src/node/buffer/own-names.ts. */
const MOST_LISTED = 20_000;

/** What stands in its text, and what is there instead. */
const CHANGES = [
  ['/^[A-Z][a-zA-Z0-9]+$/', `/^(?:${BUILT_IN})$/`],
  ['s=t.stylize(e,"symbol")}else', 's=`[${t.stylize(e,"symbol")}]`}else'],
  ['`${t.stylize(`[${r}]`,"string")}: ${i}`', '`${o?t.stylize(`[${r}]`,"string"):r}: ${i}`'],
  ['{ [byteLength]: ', '{ byteLength: '],
  [
    'const n=a(t),r=[];for(const[t,o]of s(n))if(!/^(0|[1-9][0-9]*)$/.test(t)||l(t,10)>=2**32-1){if(2===e&&!o.enumerable)continue;r.push(t)}',
    `const r=[],n=ArrayBuffer.isView(t)&&t.length>${MOST_LISTED}?[]:Object.getOwnPropertyNames(t);let o=n.length;for(;o>0&&!(/^(0|[1-9][0-9]*)$/.test(n[o-1])&&l(n[o-1],10)<2**32-1);)o-=1;for(const s of n.slice(o))if(2!==e||c(t,s).enumerable)r.push(s);`,
  ],
  ['return!1===i.enumerable&&(s=', 'return!1===i.enumerable&&"symbol"!=typeof r&&(s='],
];

export const inspect = {
  name: 'inspect',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]node-inspect-extracted[\\/]dist[\\/]inspect\.js$/ }, async ({ path }) => ({ contents: await patched(path, CHANGES, 'CHANGES in scripts/inspect.mjs'), loader: 'js' }));
  },
};
