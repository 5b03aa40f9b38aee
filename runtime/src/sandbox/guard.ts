/** Ends loops that never end: every loop body calls in, now and then the time is looked at. */
import { host } from './realm';
import { projectFile } from './stack';

/** Straight work after which a loop counts as endless, ms. */
const LIMIT = 2000;
/** Straight work after which the host is told where the program is, ms. */
const NOTE = 100;

export class LoopError extends Error {
  override name = 'LoopError';
  constructor(readonly file: string, readonly line: number, limit: number) {
    super(`This loop never ends: stopped after ${limit / 1000} s at ${file}:${line}`);
  }
}

export class LoopGuard {
  private started = 0;
  private looked = 0;
  private step = 16;
  private left = 16;

  constructor(
    private readonly onBusy: ((place: { file: string; line: number }) => void) | undefined,
    private readonly limit = LIMIT,
  ) {}

  /** A task begins. */
  began(): void {
    this.started = 0;
    this.step = 16;
    this.left = 16;
  }

  /** The function that a file's loops call. */
  ticker(path: string): (line: number) => void {
    const file = projectFile(path);
    return (line) => {
      this.left -= 1;
      if (this.left <= 0) this.look(file, line);
    };
  }

  private look(file: string, line: number): void {
    const now = host.performance.now();
    if (this.started === 0) {
      this.started = now;
      this.looked = now;
    }
    const since = now - this.looked;
    if (since < 5) this.step = Math.min(this.step * 2, 1 << 20);
    else if (since > 40) this.step = Math.max(1, this.step >> 2);
    this.left = this.step;
    this.looked = now;
    const straight = now - this.started;
    if (straight > this.limit) throw new LoopError(file, line, this.limit);
    if (straight > NOTE) this.onBusy?.({ file, line });
  }
}
