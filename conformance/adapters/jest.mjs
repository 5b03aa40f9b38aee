/** The part of jest's interface that suites use, over mocha's. */
import { expect } from 'expect';

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

export function install() {
  globalThis.expect = expect;
  // The limits are of a machine with nothing else to do; a test that hangs is found by ours as well.
  globalThis.jest = { setTimeout() {} };
  globalThis.test = (title, run) => globalThis.it(title, async function () {
    this.timeout(600_000);
    expect.setState({ assertionCalls: 0, expectedAssertionsNumber: null, isExpectingAssertions: false });
    await (run.length > 0 ? new Promise((done, fail) => run((error) => (error ? fail(error) : done()))) : run());
    const [missing] = expect.extractExpectedAssertionsErrors();
    if (missing) throw missing.error;
  });
}
