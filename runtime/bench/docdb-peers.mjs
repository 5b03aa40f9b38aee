/** Other document databases in JavaScript, asked for the same: each answers a store with the methods that it has. */
import Datastore from '@seald-io/nedb';
import Loki from 'lokijs';
import { Aggregator, Query, updateMany } from 'mingo';
import { PAGE } from './docdb-cases.mjs';

const ADULTS = { age: { $gte: 30, $lt: 50 }, active: true };
const CHANGE = { $inc: { score: 1 }, $set: { seen: true } };
const OLDER = { age: { $gte: 30 } };
const BY_CITY = [{ $group: { _id: '$city', n: { $sum: 1 }, score: { $avg: '$score' } } }];

export const QUESTIONS = { ADULTS, BY_CITY, CHANGE, OLDER };

/** No store of its own: it looks through an array of the program's. */
export function mingo() {
  let all;
  return {
    load: (documents) => void (all = structuredClone(documents)),
    byId: (_id) => new Query({ _id }).find(all).next(),
    byEmail: (email) => new Query({ email }).find(all).all(),
    page: () => new Query(ADULTS).find(all).sort({ score: -1, _id: 1 }).skip(PAGE.skip).limit(PAGE.limit).all(),
    groups: () => new Aggregator(BY_CITY).run(all),
    updateMany: () => updateMany(all, OLDER, CHANGE).modifiedCount,
  };
}

/** In memory. It has no aggregation. */
export async function nedb() {
  const store = new Datastore();
  await store.ensureIndexAsync({ fieldName: 'email' });
  return {
    insert: (documents) => store.insertAsync(documents),
    byId: (_id) => store.findOneAsync({ _id }),
    byEmail: (email) => store.findAsync({ email }),
    page: () => store.findAsync(ADULTS).sort({ score: -1, _id: 1 }).skip(PAGE.skip).limit(PAGE.limit),
    updateMany: async () => (await store.updateAsync(OLDER, CHANGE, { multi: true })).numAffected,
  };
}

/** With copies, as the others give them; without, a program that changes what it found changes the database. */
const lokiOf = (clone) => () => {
  const store = new Loki('bench').addCollection('people', { unique: ['_id'], indices: ['email'], clone });
  const page = store.chain.bind(store);
  return {
    // Without copies it writes into what it is given.
    prepare: (documents) => (clone ? documents : structuredClone(documents)),
    insert: (documents) => void store.insert(documents),
    byId: (_id) => store.by('_id', _id),
    byEmail: (email) => store.find({ email }),
    page: () =>
      page()
        .find({ $and: [{ age: { $gte: 30 } }, { age: { $lt: 50 } }, { active: true }] })
        .compoundsort([['score', true], '_id'])
        .offset(PAGE.skip)
        .limit(PAGE.limit)
        .data(),
    groups: () =>
      store.mapReduce(
        ({ city, score }) => ({ city, score }),
        (rows) => {
          const groups = new Map();
          for (const { city, score } of rows) {
            const group = groups.get(city) ?? { _id: city, n: 0, score: 0 };
            group.n += 1;
            group.score += score;
            groups.set(city, group);
          }
          return [...groups.values()].map((group) => ({ ...group, score: group.score / group.n }));
        },
      ),
    updateMany() {
      const found = page().find(OLDER);
      const count = found.count();
      found.update((document) => {
        document.score += 1;
        document.seen = true;
      });
      return count;
    },
  };
};

export const loki = lokiOf(true);
export const lokiShared = lokiOf(false);
