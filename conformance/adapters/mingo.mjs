/** mingo's interface over the document database: what its tests import from `src`, by module. */
import { collectionsOf } from './collections.mjs';

const UPDATES = ['$addToSet', '$bit', '$currentDate', '$inc', '$max', '$min', '$mul', '$pop', '$pull', '$pullAll', '$push', '$rename', '$set', '$unset'];
const ProcessingMode = { CLONE_ALL: 'CLONE_ALL', CLONE_INPUT: 'CLONE_INPUT', CLONE_OUTPUT: 'CLONE_OUTPUT', CLONE_OFF: 'CLONE_OFF' };
const OperatorType = { ACCUMULATOR: 'accumulator', EXPRESSION: 'expression', PIPELINE: 'pipeline', PROJECTION: 'projection', QUERY: 'query', WINDOW: 'window' };
const SCRATCH = 'scratch';

/** `real` gives a module of mingo's own; `isRunning` tells whether a test runs. */
export function mingoOf(database, real, isRunning) {
  const { aggregate, command, fill, find } = collectionsOf(database);
  const settings = ({ collation, variables } = {}) => ({ ...(collation && { collation }), ...(variables && { let: variables }) });

  /** Some tests ask before they start: an error there is their answer, not the end of the whole suite. */
  function answered(ask) {
    try {
      return ask();
    } catch (error) {
      if (isRunning()) throw error;
      return error;
    }
  }

  class Cursor {
    #collection;
    #query;
    #options;
    #rest;

    constructor(collection, filter, projection, options) {
      this.#collection = collection;
      this.#query = { filter, ...(projection && { projection }) };
      this.#options = settings(options);
    }

    #set(part) {
      Object.assign(this.#query, part);
      return this;
    }

    #documents() {
      if (!this.#rest) {
        fill(SCRATCH, this.#collection);
        this.#rest = find(SCRATCH, { ...this.#query, ...this.#options });
      }
      return this.#rest;
    }

    sort = (sort) => this.#set({ sort });
    skip = (skip) => this.#set({ skip });
    limit = (limit) => this.#set({ limit });
    collation = (collation) => this.#set({ collation });
    next = () => this.#documents().shift();
    hasNext = () => this.#documents().length > 0;
    all = () => answered(() => this.#documents().splice(0));
    count = () => this.all().length;
    map = (change) => this.all().map(change);
    forEach = (visit) => this.all().forEach(visit);
    [Symbol.iterator] = () => this.all()[Symbol.iterator]();
  }

  class Query {
    constructor(filter, options) {
      Object.assign(this, { filter, options });
      // A filter is refused when it is made, not when it is used.
      answered(() => aggregate([], [{ $match: filter }], settings(options)));
    }

    test = (document) => answered(() => aggregate([document], [{ $match: this.filter }], settings(this.options)).length === 1);
    find = (collection, projection) => new Cursor(collection, this.filter, projection, this.options);

    remove(collection) {
      fill(SCRATCH, collection);
      command({ delete: SCRATCH, deletes: [{ q: this.filter, limit: 0 }] });
      return find(SCRATCH, {});
    }
  }

  /** Collections that a pipeline reads or writes, as arrays or by name, become the database's; returns the pipeline and what it writes. */
  function prepare(pipeline, resolve) {
    const written = [];
    let count = 0;
    const name = (source, isTarget) => {
      const documents = Array.isArray(source) ? source : resolve?.(source);
      if (!documents) return source;
      count += 1;
      const as = Array.isArray(source) ? `c${count}` : source;
      fill(as, documents);
      if (isTarget) written.push({ as, documents });
      return as;
    };
    const stage = (given) => {
      const [operator, operand] = Object.entries(given)[0] ?? [];
      const part = (key, isTarget) => ({ [operator]: { ...operand, [key]: name(operand[key], isTarget) } });
      if (operator === '$lookup' || operator === '$graphLookup') return part('from');
      if (operator === '$unionWith') return typeof operand === 'string' || Array.isArray(operand) ? { $unionWith: name(operand) } : part('coll');
      if (operator === '$out') return { $out: name(operand, true) };
      if (operator === '$merge') return typeof operand === 'string' ? { $merge: name(operand, true) } : part('into', true);
      return given;
    };
    return { stages: pipeline.map(stage), written };
  }

  class Aggregator {
    constructor(pipeline, options) {
      Object.assign(this, { pipeline, options });
    }

    run = (collection) => answered(() => this.#run(collection));

    #run(collection) {
      const { stages, written } = prepare(this.pipeline, this.options?.collectionResolver);
      const result = aggregate(collection, stages, settings(this.options));
      for (const { as, documents } of written) documents.splice(0, documents.length, ...find(as, {}));
      // mingo answers with what it wrote.
      return written.length ? written.at(-1).documents : result;
    }

    stream = (collection) => this.run(collection)[Symbol.iterator]();
  }

  /** An operator's value for a document or another value, which is also `$$this`; without a name the operand is the expression. */
  function computeValue(value, operand, operator) {
    const given = operand === undefined ? null : operand;
    const expression = { $let: { vars: { this: { $literal: value } }, in: operator ? { [operator]: given } : given } };
    const document = Object.getPrototypeOf(value) === Object.prototype ? value : {};
    return aggregate([document], [{ $replaceWith: { value: expression } }])[0].value;
  }

  const at = (document, path) => path.split('.').reduce((inner, step) => inner?.[step], document);

  /** Changes an object in place; returns the fields that are not as they were. */
  function update(state, changes, arrayFilters = [], filter = {}) {
    const before = structuredClone(state);
    fill(SCRATCH, [state]);
    command({ update: SCRATCH, updates: [{ q: filter.filter ?? filter, u: changes, arrayFilters: arrayFilters ?? [] }] });
    const [after] = find(SCRATCH, {});
    for (const name of Object.keys(state)) delete state[name];
    Object.assign(state, after);
    const renamed = Object.entries(changes.$rename ?? {}).flat();
    const paths = renamed.length ? renamed : Object.values(changes).flatMap(Object.keys);
    const fields = paths.map((path) => path.replace(/\.\$.*/, ''));
    return fields.filter((path) => JSON.stringify(at(before, path)) !== JSON.stringify(at(state, path)));
  }

  /** As a function over values, it is the accumulator over documents that hold them. */
  function $percentile(values, { input, ...rest }) {
    const documents = values.map((value) => ({ value }));
    const from = typeof input === 'string' ? `$value${input === '$$CURRENT' ? '' : `.${input.slice(1)}`}` : '$value';
    return aggregate(documents, [{ $group: { _id: null, result: { $percentile: { input: from, ...rest } } } }])[0].result;
  }

  const operators = Object.fromEntries(UPDATES.map((name) => [name, (state, operand, arrayFilters) => update(state, { [name]: operand }, arrayFilters)]));
  const $getField = (document, operand) => computeValue(document, operand, '$getField');
  // Operators of the reader's own are mingo's; there is nothing to register.
  const initOptions = (options) => ({ context: {}, ...options });
  const core = { computeValue, Context: { init: () => ({}) }, initOptions, OperatorType, ProcessingMode, useOperators() {} };
  const src = {
    Aggregator,
    Query,
    aggregate: (collection, pipeline, options) => new Aggregator(pipeline, options).run(collection),
    find: (collection, filter, projection, options) => new Query(filter, options).find(collection, projection),
    remove: (collection, filter, options) => new Query(filter, options).remove(collection),
  };
  return {
    '': src,
    '/core': core,
    '/updater': { updateObject: update },
    '/operators/update': operators,
    '/operators/update/_internal': real('operators/update/_internal'),
    '/operators/expression/misc/getField': { $getField },
    '/operators/query/evaluation/where': {},
    '/operators/accumulator': { $percentile },
    '/operators/expression': {},
    '/operators/pipeline': {},
    '/operators/projection': {},
    '/operators/query': {},
    '/operators/window': {},
    '/init/basic': {},
    '/init/system': {},
    '/util': real('util'),
  };
}
