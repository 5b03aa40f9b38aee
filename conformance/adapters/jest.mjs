/** The part of jest's interface that suites use, over mocha's. */
import { expect } from 'expect';
import { format } from 'node:util';

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
    context.expect = expect;
    context.test = context.it;
    withEach(context.it);
    withEach(context.describe);
  });
}
