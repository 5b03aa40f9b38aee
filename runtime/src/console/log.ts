/** The console lines of a sandbox, in order, with the place and the request they belong to. */
import type { ConsoleLine, ProgramError } from '../protocol';
import { current } from '../sandbox/realm';
import { callerPlace, projectFile } from '../sandbox/stack';
import type { World } from '../sandbox/world';

/** Lines kept; a program that prints more pushes out the oldest. */
const KEPT = 10_000;
/** Characters of one entry. */
const LONGEST = 100_000;

export class ConsoleLog {
  readonly lines: ConsoleLine[] = [];
  private seq = 0;

  constructor(private readonly world: World) {}

  /** Lines printed from `seq` on. */
  since(seq: number): ConsoleLine[] {
    return this.lines.filter((line) => line.seq > seq);
  }

  get last(): number {
    return this.seq;
  }

  /** Something the program printed; the place is where it was called, or that of `error`. */
  write(level: ConsoleLine['level'], text: string, error?: ProgramError): void {
    const place = error ? undefined : callerPlace();
    const file = error ? error.file : place && projectFile(place.path);
    const line = error ? error.line : place?.line;
    this.add(level, text, file, line, current.trace);
  }

  /** A word of the sandbox itself. */
  system(text: string): void {
    this.add('system', text, undefined, undefined, undefined);
  }

  /** A line that belongs to no place in the code: the prompt's input and results. */
  note(level: ConsoleLine['level'], text: string): void {
    this.add(level, text, undefined, undefined, undefined);
  }

  private add(level: ConsoleLine['level'], text: string, file: string | undefined, line: number | undefined, trace: number | undefined): void {
    this.seq += 1;
    const entry: ConsoleLine = {
      seq: this.seq,
      at: this.world.clock.now(),
      level,
      text: text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length - LONGEST} more characters)` : text,
      ...(file === undefined ? {} : { file }),
      ...(line === undefined ? {} : { line }),
      ...(trace === undefined ? {} : { trace }),
    };
    this.lines.push(entry);
    if (this.lines.length > KEPT) this.lines.splice(0, this.lines.length - KEPT);
    this.world.tracer.print(entry);
    this.world.options.onConsole?.(entry);
  }
}
