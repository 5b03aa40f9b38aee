/** The part of jest's interface that suites use, over mocha's. */
import { expect } from 'expect';
import { format } from 'node:util';

/** Names of old, which `expect` has no more. */
const ALIASES = { toThrowError: 'toThrow' };
expect.extend(Object.fromEntries(Object.entries(ALIASES).map(([old, name]) => [old, (received, wanted) => {
  try {
    expect(received)[name](wanted);
    return { pass: true, message: () => '' };
  } catch (error) {
    return { pass: false, message: () => error.message };
  }
}])));

const title = (template, row) => format(template.replaceAll('%p', '%j'), ...row);

function withEach(define) {
  define.each = (table) => (template, run) => {
    for (const item of table) {
      const row = Array.isArray(item) ? item : [item];
      define(title(template, row), () => run(...row));
    }
  };
}

/** A test that counts its assertions when it says how many it has; the suite's own limits of time are of an idle machine. */
function testOver(it) {
  return (name, run) => it(name, async function () {
    this.timeout(600_000);
    expect.setState({ assertionCalls: 0, expectedAssertionsNumber: null, isExpectingAssertions: false });
    await (run.length > 0 ? new Promise((done, fail) => run((error) => (error ? fail(error) : done()))) : run());
    const [missing] = expect.extractExpectedAssertionsErrors();
    if (missing) throw missing.error;
  });
}

/** Adds to mocha's globals, each time that it sets them. */
export function jest(mocha) {
  mocha.suite.on('pre-require', (context) => {
    context.expect = expect;
    context.jest = { setTimeout() {} };
    context.test = testOver(context.it);
    for (const define of [context.it, context.test, context.describe]) withEach(define);
  });
}
