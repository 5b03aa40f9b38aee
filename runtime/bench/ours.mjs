/** The runtime's own ways to serve a case: through `sandbox.dispatch`, with and without traces. */
import { source } from './cases.mjs';

async function ours(createSandbox, { app, request }, options) {
  const sandbox = await createSandbox({ ...options, env: { NODE_ENV: 'production' }, files: { 'app.js': source(app) } });
  const handler = sandbox.require('/app/app.js');
  return {
    send: () => sandbox.dispatch(handler, { headers: [['Host', 'localhost']], ...request }),
    read: ({ status, body }) => ({ status, body: new TextDecoder().decode(body) }),
    close: () => sandbox.close(),
  };
}

/** Subjects of `race`: without traces, with traces that nobody reads, and with traces that are made text for a listener. */
export const ourSubjects = (createSandbox) => ({
  ours: (one) => ours(createSandbox, one, { trace: false }),
  'ours, traced': (one) => ours(createSandbox, one, {}),
  'ours, traces read': (one) => ours(createSandbox, one, { onTrace() {} }),
});
