/** NeDB's matching, changing and comparing over the document database; the rest of its model and all around it is its own. */
import { collectionsOf } from './collections.mjs';

const SCRATCH = 'scratch';

export function modelOf(database, real) {
  const { aggregate, command, fill, find } = collectionsOf(database);

  const match = (document, query) => aggregate([document], [{ $match: query }]).length === 1;

  function modify(document, changes) {
    fill(SCRATCH, [document]);
    command({ update: SCRATCH, updates: [{ q: {}, u: changes }] });
    return find(SCRATCH, {})[0];
  }

  function compareThings(left, right, compareStrings) {
    if (compareStrings && typeof left === 'string' && typeof right === 'string') return compareStrings(left, right);
    const literal = (value) => (value === undefined ? '$$REMOVE' : { $literal: value });
    return aggregate([{}], [{ $replaceWith: { order: { $cmp: [literal(left), literal(right)] } } }])[0].order;
  }

  return { ...real, compareThings, match, modify };
}
