/** The page's module for the backend: `src/platform/backend.rs` binds exactly this; implemented by `runtime/src/host/index.ts`, shipped as `host.js`. */
import type { HostCommand, HostEvent } from './protocol';

export interface Backend {
  /** Answers with the command's result (RunResult, WireResponse, …); rejects with `{ message, kind }`. */
  call(command: HostCommand): Promise<unknown>;
  /** Answers a `journal` event: null when the batch is in localStorage, else why not. */
  stored(batch: number, failure: string | null): void;
  close(): void;
}

/** Opens the sandbox frame and its worker. `journal` are the base64 records to boot from. */
export declare function openBackend(options: {
  /** Absolute URL of the folder that holds `sandbox.html`, `worker.js`, `engine_bg.wasm`, `database_bg.wasm`. */
  base: string;
  journal: string[];
  onEvent: (event: HostEvent) => void;
}): Backend;

/** Registers the service worker (offline, real `fetch` of `<base>api/…`); null where there is none. */
export declare function registerServiceWorker(options: {
  base: string;
  /** A newer build waits; offer to reload, then call `applyUpdate`. */
  onUpdate: () => void;
  /** Performs a command for a relayed request (open the backend first if needed). */
  call: (command: HostCommand) => Promise<unknown>;
}): Promise<{ applyUpdate: () => void } | null>;

/** CodeMirror in a shadow root (strict style-src), shipped as `editor.js`. */
export interface Editor {
  setDocument(path: string, text: string, readOnly: boolean): void;
  setDiagnostics(items: { line: number; column?: number; message: string }[]): void;
  /** Lines that the shown request executed, the line that failed, and values of the request beside their lines. */
  setMarks(marks: { ran: number[]; fail?: number; lenses: { line: number; text: string; bad: boolean }[] }): void;
  goTo(line: number, column?: number): void;
  focus(): void;
  /** Types text where the caret is: the keys that a phone hides. */
  insert(text: string): void;
  undo(): void;
  destroy(): void;
}
export declare function createEditor(parent: HTMLElement, options: {
  label: string;
  onChange: (path: string, text: string) => void;
  /** `run`, `check`, `save`, `search`. */
  onCommand: (command: string) => void;
  /** The caret moved; both are 1-based. */
  onCaret: (line: number, column: number) => void;
}): Editor;

/** The preview frame (`preview.html`) speaks `runtime/src/preview/protocol.ts`. */
export type { PreviewCommand, PreviewEvent } from './preview/protocol';

/** Projects as zip files, shipped as `project.js` (`runtime/src/project/page.ts`). */
export type { readPicked, zipProject } from './project/page';

/** Part of `editor.js`: code in the editor's colours, one string of HTML per line (classes k s n f c p o). */
export declare function highlightLines(path: string, text: string): string[];
