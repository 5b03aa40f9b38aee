/** What the page and the sandbox frame say to each other. */

/** Page → frame. */
export type FrameCommand =
  /** Starts a worker from its source. The engine's bytes and the port go to the worker. */
  | { frame: 'spawn'; worker: number; script: string; engine: ArrayBuffer; port: MessagePort }
  | { frame: 'terminate'; worker: number };

/** Frame → page. */
export type FrameEvent =
  | { frame: 'ready' }
  /** The worker could not start, or broke outside of any program. */
  | { frame: 'broken'; worker: number; message: string };

/** Frame → worker, once. */
export interface WorkerStart {
  engine: ArrayBuffer;
  port: MessagePort;
}
