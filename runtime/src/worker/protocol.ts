/** What the page and a worker say to each other over their port. */
import type { HostCommand, HostEvent } from '../protocol';

/** Page → worker. */
export type ToWorker =
  /** First message: the journal to boot the stores from, base64 each, and the id of the last trace that the page has seen. */
  | { boot: string[]; lastTrace: number }
  | { id: number; command: HostCommand }
  /** The page stored a journal batch, or says why not. */
  | { stored: number; failure: string | null }
  /** The bytes of the databases' module, which a `want` asked for, or why they are not there. */
  | { database: ArrayBuffer }
  | { database: null; failure: string }
  /** What a `need` asked for. */
  | { packs: number; loaded: LoadedPacks }
  | { ping: number };

export interface LoadedPacks {
  /** Pack → its CommonJS text. */
  texts: Record<string, string>;
  /** Pack → a sentence that says why it is not there. */
  failures: Record<string, string>;
}

/** Worker → page. */
export type FromWorker =
  | { id: number; value: unknown }
  | { id: number; failure: { kind: string; message: string } }
  | { event: HostEvent }
  /** Something asks for a database for the first time; answered with `database`. */
  | { want: 'database' }
  /** A program is about to start and needs these packs; answered with `packs`. */
  | { need: number; names: string[] }
  | { pong: number }
  /** Where a long loop is, so that the page can name the line if it has to stop the worker. */
  | { busy: { file: string; line: number } };
