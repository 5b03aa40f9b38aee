/** tape's interface over mocha: every assertion on what `isOurs` owns is a test of its own. */
import assert from 'node:assert';

const CHECKS = {
  equal: assert.strictEqual,
  equals: assert.strictEqual,
  is: assert.strictEqual,
  notEqual: assert.notStrictEqual,
  deepEqual: assert.deepStrictEqual,
  notDeepEqual: assert.notDeepStrictEqual,
  ok: (value) => assert.ok(value),
  notOk: (value) => assert.ok(!value),
  throws: assert.throws,
  doesNotThrow: assert.doesNotThrow,
};

/** `isOurs` tells whether the calls since it was last asked were all ours. */
export function tapeOf(isOurs) {
  const results = [];

  function run(title, body) {
    const test = Object.fromEntries(
      Object.entries(CHECKS).map(([name, check]) => [
        name,
        (...given) => {
          let problem;
          const expected = name === 'throws' && typeof given[1] === 'string' ? given.slice(0, 1) : given;
          try {
            check(...expected);
          } catch (error) {
            problem = error;
          }
          if (!isOurs()) return;
          const label = given.findLast((item) => typeof item === 'string') ?? name;
          results.push({ title: `${title} › ${results.length + 1}: ${label}`, problem });
        },
      ]),
    );
    const undo = [];
    test.intercept = (object, name, descriptor) => {
      const before = Object.getOwnPropertyDescriptor(object, name);
      Object.defineProperty(object, name, { configurable: true, ...descriptor });
      undo.push(() => (before ? Object.defineProperty(object, name, before) : delete object[name]));
    };
    for (const name of ['comment', 'end', 'plan', 'skip', 'teardown']) test[name] = () => undefined;
    test.test = (name, ...rest) => run(`${title} › ${name}`, rest.at(-1));
    if (typeof body === 'function') {
      try {
        body(test);
      } catch (problem) {
        results.push({ title: `${title} › runs to its end`, problem });
      } finally {
        for (const back of undo) back();
      }
    }
  }

  const tape = (title, ...rest) => {
    const from = results.length;
    run(title, rest.at(-1));
    for (const { title, problem } of results.slice(from)) {
      globalThis.it(title, () => {
        if (problem) throw problem;
      });
    }
  };
  return Object.assign(tape, { test: tape });
}
