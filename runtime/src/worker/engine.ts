/** Starts the wasm engine inside the worker. */
import * as glue from '../engine/engine.js';
import type { EngineModule } from '../modules/express';
import type { EngineBackend } from '../sandbox';

export interface Engine {
  module: EngineModule;
  /** A mock API with its data, from a journal, and what of the journal could not be read. With a seed it is the same each time. */
  backend(journal: Uint8Array[], seed?: string): { backend: EngineBackend; damage: string[] };
}

/** Compiles and starts the engine from its bytes. */
export async function startEngine(bytes: ArrayBuffer): Promise<Engine> {
  const { memory } = glue.initSync({ module: await WebAssembly.compile(bytes) });
  return {
    module: { functions: glue as unknown as EngineModule['functions'], memory },
    backend(journal, seed) {
      const backend = new glue.Backend(seed);
      const { damage } = journal.length > 0 ? (backend.boot(journal) as { damage: string[] }) : { damage: [] };
      return { backend: backend as unknown as EngineBackend, damage };
    },
  };
}
