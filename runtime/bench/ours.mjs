/** The runtime's own ways to serve a case: through `sandbox.dispatch`, with and without traces. */
import { source } from './cases.mjs';

async function ours(createSandbox, { app, request }, options) {
  const sandbox = await createSandbox({ ...options, env: { NODE_ENV: 'production' }, files: { 'app.js': source(app) } });
  const handler = sandbox.require('/app/app.js');
  return {
    send: () => sandbox.dispatch(handler, { headers: [['Host', 'localhost']], ...request }),
    read: ({ status, body }) => ({ status, body: new TextDecoder().decode(body) }),
  };
}

/** Without traces; as in a page, where those are followed that can be looked at; with a trace of every request that nobody reads, and that is made text for a listener. Each answers `send` and `read`. */
export const OURS = {
  ours: (createSandbox, one) => ours(createSandbox, one, { trace: false }),
  'ours, as in a page': (createSandbox, one) => ours(createSandbox, one, { onTrace() {}, onUnfollowed() {} }),
  'ours, each traced': (createSandbox, one) => ours(createSandbox, one, { trace: 'every' }),
  'ours, each trace read': (createSandbox, one) => ours(createSandbox, one, { trace: 'every', onTrace() {} }),
};
