/** The names of a view that are no places in it: what a program has put on it. */

/** The engine cannot list them without a string for each place, so those of longer views are not looked for. */
const MOST_LISTED = 20_000;

const isEnumerable = Object.prototype.propertyIsEnumerable;

/** As `Object.keys` and the symbols beside them. */
export function ownNames(view: ArrayBufferView): PropertyKey[] {
  const length = view instanceof DataView ? 0 : (view as Uint8Array).length;
  const names = length > MOST_LISTED ? [] : Object.keys(view).slice(length);
  return [...names, ...Object.getOwnPropertySymbols(view).filter((symbol) => isEnumerable.call(view, symbol))];
}
