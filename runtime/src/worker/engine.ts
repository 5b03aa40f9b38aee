/** Starts the modules of the wasm engine inside the worker: the one for every request at once, the databases when they are asked for. */
import * as databaseGlue from '../engine/database.js';
import * as glue from '../engine/engine.js';
import type { EngineModule } from '../modules/express';
import type { Database, EngineBackend } from '../sandbox';

/** Compiles and starts the engine from its bytes. */
export async function startEngine(bytes: BufferSource): Promise<EngineModule> {
  const { memory } = glue.initSync({ module: await WebAssembly.compile(bytes) });
  return { functions: glue as unknown as EngineModule['functions'], memory };
}

/** Makes databases, each with its own data. */
export type Databases = (journal: Uint8Array[], seed?: string) => { database: Database; damage: string[] };

/** Compiles and starts the databases' module. What it makes boots from a journal, and tells what of that could not be read. */
export async function startDatabases(bytes: BufferSource): Promise<Databases> {
  databaseGlue.initSync({ module: await WebAssembly.compile(bytes) });
  return (journal, seed) => {
    const backend = new databaseGlue.Backend(seed);
    const { damage } = journal.length > 0 ? (backend.boot(journal) as { damage: string[] }) : { damage: [] };
    return { database: { backend: backend as unknown as EngineBackend, functions: databaseGlue as unknown as Database['functions'] }, damage };
  };
}
