/** Chance that repeats exactly from its seed (mulberry32), with the choices that the generators make. */
export function randomOf(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count) => Math.floor(next() * count);
  const of = (list) => list[below(list.length)];
  return {
    below,
    of,
    chance: (share) => next() < share,
    between: (low, high) => low + below(high - low + 1),
    some: (list, most) => Array.from({ length: below(most + 1) }, () => of(list)),
  };
}
