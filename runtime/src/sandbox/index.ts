/** The sandbox as its hosts use it: worker, grader, package. */
export { createSandbox, Sandbox, type Dispatch } from './sandbox';
export type { Pack, SandboxEvents, SandboxOptions } from './options';
export type { BackendAnswer, BackendRequest, DataAnswer, Database, DatabaseSource, EngineBackend } from './backend';
export { MOCK_PORT } from './backend';
export type { LiveTrace } from './trace';
export type { EngineModule } from '../modules/express';
export { parse } from '../modules/parse';
