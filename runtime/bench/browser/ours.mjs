/** The runtime's sandbox, as the page's worker makes it. */
import { createSandbox } from '../../src/sandbox';
import { startEngine } from '../../src/worker/engine';

export async function sandboxMaker(bytes) {
  const engine = await startEngine(bytes);
  return (options) => createSandbox({ ...options, engine });
}
