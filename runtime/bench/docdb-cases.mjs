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
 * without the method does not do such a thing. `fresh`: each run needs an empty store.
 */
export const CASES = {
  'bulk insert': {
    method: 'insert',
    fresh: true,
    count: (documents) => documents.length,
    run: (store, documents) => store.insert(documents),
    same: async (answer, store) => (await store.byId(7)).email,
  },
  'find by _id': {
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
  'filter + sort + page': { method: 'page', count: () => 1, run: (store) => store.page(), same: ids },
  'group by': {
    method: 'groups',
    count: () => 1,
    run: (store) => store.groups(),
    same: (groups) => groups.map(({ _id, n, score }) => [_id, n, score.toFixed(3)]).sort(),
  },
  'update many': {
    method: 'updateMany',
    count: (documents) => documents.length,
    run: (store) => store.updateMany(),
    same: (changed) => changed,
  },
};
