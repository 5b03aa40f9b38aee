/** The part of vitest's interface that suites use, over mocha's. */
import { expect } from 'expect';

function withEach(define) {
  const each = (cases) => (title, run) => {
    cases.forEach((item, index) => {
      const named = title.replace(/\$(\w+)/g, (_, name) => JSON.stringify(item[name])).replace('%s', String(item));
      define(`${named} #${index + 1}`, run.length === 0 ? run : () => run(item));
    });
  };
  return Object.assign((...given) => define(...given), { each });
}

export function vitest() {
  return {
    expect,
    describe: withEach((title, run) => globalThis.describe(title, () => void run())),
    it: withEach((title, run) => globalThis.it(title, run)),
  };
}
