/** Learner code's places: from the text that runs back to the learner's file, line and column, in stacks and errors. */
import type { ProgramError } from '../protocol';
import { current } from './realm';

/** Where a place of the text that runs stands in the file. Lines and columns are 1-based. */
export type MapPlace = (line: number, column: number) => { line: number; column: number };

interface Source {
  /** Absolute path in the sandbox, or undefined for a pack's own code. */
  path: string | undefined;
  /** ES modules are named by URL in stacks. */
  url: boolean;
  map: MapPlace;
  code: RunningText | undefined;
}

/** The text of a file as it runs, and the way back from its places. */
export interface RunningText {
  text: string;
  back: MapPlace;
}

const sources = new Map<string, Source>();
let scripts = 0;
/** The engine's own, whatever a program puts in its place. */
const asText = Function.prototype.toString;
const PLACE = /backlab:(\d+)(?:\/[^\s:()]*)?:(\d+):(\d+)/;

/** Registers a text that is about to run; answers its name for `//# sourceURL=`. */
export function registerSource(path: string | undefined, url: boolean, map: MapPlace, code?: RunningText): string {
  scripts += 1;
  sources.set(String(scripts), { path, url, map, code });
  return `backlab:${scripts}${path ?? ''}`;
}

const sourceId = (name: string): string => /^backlab:(\d+)/.exec(name)?.[1] ?? '';

export function forgetSources(names: Iterable<string>): void {
  for (const name of names) sources.delete(sourceId(name));
}

/**
 * First and last line of a function, found by its text, since JavaScript does not tell. Undefined for one that is in none of the
 * sources named, or in several places.
 */
export function definitionOf(handle: object, names: Iterable<string>): { path: string; line: number; lastLine: number } | undefined {
  const text = Reflect.apply(asText, handle, []);
  let found: { path: string; line: number; lastLine: number } | undefined;
  for (const name of names) {
    const source = sources.get(sourceId(name));
    const at = source?.code?.text.indexOf(text) ?? -1;
    // A file may have been compiled more than once.
    if (!source?.path || !source.code || at < 0 || source.path === found?.path) continue;
    const { text: whole, back } = source.code;
    if (found || whole.includes(text, at + 1)) return undefined;
    const lineOf = (offset: number): number => back(whole.slice(0, offset).split('\n').length, 1).line;
    found = { path: source.path, line: lineOf(at), lastLine: lineOf(at + text.length) };
  }
  return found;
}

/** A frame in the learner's terms; undefined for frames of the runtime. */
function mapFrame(frame: string): string | undefined {
  const match = PLACE.exec(frame);
  if (!match) return undefined;
  const source = sources.get(match[1]!);
  if (!source?.path) return undefined;
  const place = source.map(Number(match[2]), Number(match[3]));
  const file = source.url ? `file://${source.path}` : source.path;
  // V8 calls functions without a name in evaluated code `eval`.
  const named = frame.replace(/ at (async )?(?:new )?eval \((.*)\)$/, ' at $1$2').replace(/\.eval \[as ([^\]]+)\] \(/, '.$1 (').replace(/\.eval \(/, '.<anonymous> (');
  return named.replace(/\(?backlab:\d+[^\s()]*\)?/, (found) => {
    const text = `${file}:${place.line}:${place.column}`;
    return found.startsWith('(') ? `(${text})` : text;
  });
}

/** Frames of the learner's code, and native ones directly above one. */
function mapFrames(frames: string[]): string[] {
  const mapped: string[] = [];
  let natives: string[] = [];
  for (const frame of frames) {
    const own = mapFrame(frame);
    if (own !== undefined) {
      mapped.push(...natives, own);
      natives = [];
    } else if (/\(<anonymous>\)$/.test(frame)) natives.push(frame);
    else natives = [];
  }
  return mapped;
}

/** Turns a stack of V8 or of Firefox and Safari into Node's form with learner frames only. */
export function mapStack(error: { stack?: unknown; name?: unknown; message?: unknown }): string {
  const stack = typeof error.stack === 'string' ? error.stack : '';
  if (!/backlab:\d/.test(stack)) return stack;
  const lines = stack.split('\n');
  const first = lines.findIndex((line) => /^\s+at |^[^\s@]*@/.test(line));
  const header = first < 0 ? stack : lines.slice(0, first).join('\n');
  const frames = (first < 0 ? [] : lines.slice(first)).map((line) => {
    const gecko = /^([^\s@]*)@(.*)$/.exec(line);
    return gecko ? `    at ${gecko[1] ? `${gecko[1]} (${gecko[2]})` : gecko[2]}` : line;
  });
  return [header || Error.prototype.toString.call(error), ...mapFrames(frames)].join('\n');
}

/** The first place of the learner's code in a stack. */
export function placeOf(stack: string): { path: string; line: number; column: number } | undefined {
  const mapped = /(?:file:\/\/)?(\/app\/[^\s:()]*):(\d+):(\d+)/.exec(stack);
  if (mapped) return { path: mapped[1]!, line: Number(mapped[2]), column: Number(mapped[3]) };
  const raw = PLACE.exec(stack);
  const source = raw && sources.get(raw[1]!);
  if (!raw || !source?.path) return undefined;
  return { path: source.path, ...source.map(Number(raw[2]), Number(raw[3])) };
}

/** Where in the learner's code the caller of the running function stands. */
export function callerPlace(): { path: string; line: number; column: number } | undefined {
  const v8 = Error as unknown as V8Error;
  const limit = v8.stackTraceLimit;
  v8.stackTraceLimit = 40;
  const { stack } = new Error();
  v8.stackTraceLimit = limit;
  for (const line of (stack ?? '').split('\n')) {
    if (!/\/app\/|backlab:\d/.test(line)) continue;
    const place = placeOf(line);
    if (place) return place;
  }
  return undefined;
}

/** Path relative to the project. */
export function projectFile(path: string): string {
  return path.startsWith('/app/') ? path.slice(5) : path;
}

/** Where an error without a learner frame was caught, set by the loader for syntax errors. */
const places = new WeakMap<object, { path: string; line: number; column: number }>();

export function setPlace(error: object, place: { path: string; line: number; column: number }): void {
  places.set(error, place);
}

/** An error as plain data, mapped to the learner's file. */
export function toProgramError(error: unknown): ProgramError {
  try {
    return described(error);
  } catch {
    // What a program throws may throw again when it is read.
    const text = '[unreadable]';
    return { name: 'Uncaught', message: text, stack: text };
  }
}

function described(error: unknown): ProgramError {
  if (typeof error !== 'object' || error === null || !('message' in error)) {
    const text = typeof error === 'symbol' ? error.toString() : String(error);
    return { name: 'Uncaught', message: text, stack: text };
  }
  const { message, code } = error as { message?: unknown; code?: unknown };
  const name = (error as Error).name;
  const stack = mapStack(error as Error);
  const place = places.get(error) ?? placeOf(stack);
  return {
    name: typeof name === 'string' ? name : 'Error',
    message: String(message),
    ...(code === undefined ? {} : { code: String(code) }),
    ...(place ? { file: projectFile(place.path), line: place.line, column: place.column } : {}),
    stack,
  };
}

type Prepare = (error: Error, sites: NodeJS_CallSite[]) => unknown;
interface NodeJS_CallSite {
  toString(): string;
  getFileName(): string | null | undefined;
}
interface V8Error {
  prepareStackTrace?: Prepare;
  stackTraceLimit: number;
}

let before: Prepare | undefined;
let installed = 0;

/** This bundle's own file name, to tell the runtime's frames from a host's. */
const own = /(?:\(|@|at )((?:file|https?|blob):[^\s)]*?):\d+:\d+/.exec(new Error().stack ?? '')?.[1] ?? '';
const ownFolder = own.startsWith('file:') ? own.slice(0, own.lastIndexOf('/') + 1) : own;

function header(error: Error): string {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}

/** Where V8 offers it, stacks read as Node would print them from the start. */
export function installStacks(): void {
  installed += 1;
  const v8 = Error as unknown as V8Error;
  if (installed > 1 || typeof (Error as { captureStackTrace?: unknown }).captureStackTrace !== 'function') return;
  before = v8.prepareStackTrace;
  v8.prepareStackTrace = (error, sites) => {
    const frames = sites.map((site) => `    at ${site.toString()}`);
    const ours = frames.some((frame) => PLACE.test(frame));
    const foreign =
      !ours &&
      (!current.owner ||
        sites.some((site) => {
          const file = site.getFileName();
          return typeof file === 'string' && !file.startsWith('node:') && !file.startsWith(ownFolder);
        }));
    if (foreign) return before ? before(error, sites) : [header(error), ...frames].join('\n');
    return [header(error), ...mapFrames(frames)].join('\n');
  };
}

export function uninstallStacks(): void {
  installed -= 1;
  if (installed === 0 && typeof (Error as { captureStackTrace?: unknown }).captureStackTrace === 'function') {
    (Error as unknown as V8Error).prepareStackTrace = before;
  }
}
