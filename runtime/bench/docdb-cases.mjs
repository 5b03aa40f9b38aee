/** What bench/docdb.mjs asks every database, and the documents it asks about. */

const CITIES = 50;
/** Lookups of one run; each asks for another document. */
const LOOKUPS = 200;
export const PAGE = { skip: 40, limit: 20 };

export function person(id) {
  const mixed = (id * 7919) % 10_007;
  return {
    _id: id,
    name: `Person ${mixed}`,
    email: `p${id}@example.org`,
    age: 18 + (mixed % 60),
    city: `City ${mixed % CITIES}`,
    score: mixed / 8,
    active: mixed % 3 === 0,
    tags: ['a', 'b', `t${mixed % 20}`],
    address: { street: `${mixed} Main Street`, zip: mixed },
    created: new Date(1_600_000_000_000 + id * 60_000),
  };
}

export const people = (count) => Array.from({ length: count }, (_, id) => person(id));

const ids = (documents) => documents.map(({ _id }) => _id);

/**
 * `run` asks a store, `count` times for what is one; `same` makes of its last answer what every database must agree on. A store
 * without the method does not do such a thing. `fresh`: each run needs an empty store. `why` says why another may be ahead.
 */
export const CASES = {
  'bulk insert': {
    why: 'NeDB and LokiJS keep the objects or copy them; ours takes BSON from JavaScript and leaves a journal record.',
    method: 'insert',
    fresh: true,
    count: (documents) => documents.length,
    run: (store, documents) => store.insert(documents),
    same: async (answer, store) => (await store.byId(7)).email,
  },
  'find by _id': {
    why: 'theirs is a call in JavaScript; ours is a command and a reply in BSON, of which JavaScript writes and reads each, as drivers do.',
    method: 'byId',
    count: () => LOOKUPS,
    async run(store, documents) {
      let found;
      for (let at = 0; at < LOOKUPS; at += 1) {
        found = store.byId((at * 7) % documents.length);
        if (found.then) found = await found;
      }
      return found;
    },
    same: ({ _id, email, address }) => ({ _id, email, address }),
  },
  'indexed find': {
    why: 'theirs is a call in JavaScript; ours is a command and a reply in BSON, of which JavaScript writes and reads each, as drivers do.',
    method: 'byEmail',
    count: () => LOOKUPS,
    async run(store, documents) {
      let found;
      for (let at = 0; at < LOOKUPS; at += 1) {
        found = store.byEmail(`p${(at * 7) % documents.length}@example.org`);
        if (found.then) found = await found;
      }
      return found;
    },
    same: ids,
  },
  'filter + sort + page': {
    why: 'LokiJS compares fields of JavaScript objects where they are; ours reads BSON in wasm, and writes and reads the page as BSON.',
    method: 'page',
    count: () => 1,
    run: (store) => store.page(),
    same: ids,
  },
  'group by': {
    why: "LokiJS has no expressions: it calls a function of the benchmark's own.",
    method: 'groups',
    count: () => 1,
    run: (store) => store.groups(),
    same: (groups) => groups.map(({ _id, n, score }) => [_id, n, score.toFixed(3)]).sort(),
  },
  'update many': {
    why: 'mingo changes objects where they are, and NeDB copies them; ours leaves a journal record and what takes it back.',
    method: 'updateMany',
    count: (documents) => documents.length,
    run: (store) => store.updateMany(),
    same: (changed) => changed,
  },
};
