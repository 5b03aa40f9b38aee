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

/** Without traces, with traces that nobody reads, and with traces that are made text for a listener. Each answers `send` and `read`. */
export const OURS = {
  ours: (createSandbox, one) => ours(createSandbox, one, { trace: false }),
  'ours, traced': (createSandbox, one) => ours(createSandbox, one, {}),
  'ours, traces read': (createSandbox, one) => ours(createSandbox, one, { onTrace() {} }),
};
