/** The part of jest's interface that suites use, over mocha's. */
import { expect } from 'expect';
import { format } from 'node:util';

/** With a name that jest 29 had and `expect` 30 has no more. */
const named = Object.assign((value) => {
  const checks = expect(value);
  return Object.assign(checks, { toThrowError: checks.toThrow });
}, expect);

const title = (template, row) => format(template.replaceAll('%p', '%j'), ...row);

function withEach(define) {
  define.each = (table) => (template, run) => {
    for (const item of table) {
      const row = Array.isArray(item) ? item : [item];
      define(title(template, row), () => run(...row));
    }
  };
}

/** Adds to mocha's globals, each time that it sets them. */
export function jest(mocha) {
  mocha.suite.on('pre-require', (context) => {
    context.expect = named;
    context.test = context.it;
    withEach(context.it);
    withEach(context.describe);
  });
}
