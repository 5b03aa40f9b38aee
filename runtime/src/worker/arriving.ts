/** An answer that takes its time, told to the page as it comes. */
import type { HeaderList, HostEvent } from '../protocol';
import { host } from '../sandbox/realm';
import { concat, type Sink } from '../sandbox/wire';

/** Ms that the page waits for news of an answer that has begun: most are over before. */
const EVERY = 100;

export class Arriving implements Sink {
  private readonly began = host.now();
  private first: { status: number; statusMessage: string; headers: HeaderList } | undefined;
  private pieces: Uint8Array[] = [];
  private waiting: unknown;

  /** `send` is the page's number of the request. */
  constructor(
    private readonly send: number,
    private readonly tell: (event: HostEvent) => void,
  ) {}

  head(status: number, statusMessage: string, headers: HeaderList): void {
    this.first = { status, statusMessage, headers };
    this.tellSoon();
  }

  chunk(bytes: Uint8Array): void {
    this.pieces.push(bytes);
    this.tellSoon();
  }

  end(): void {
    host.clearTimeout(this.waiting as never);
  }

  reset(): void {
    // What came before the connection broke is worth a look.
    if (this.waiting !== undefined) this.tellNow();
  }

  private tellSoon(): void {
    this.waiting ??= host.setTimeout(() => this.tellNow(), EVERY);
  }

  private tellNow(): void {
    host.clearTimeout(this.waiting as never);
    this.waiting = undefined;
    if (!this.first) return;
    const body = Uint8Array.from(concat(this.pieces.splice(0)));
    this.tell({ event: 'arriving', send: this.send, answer: { ...this.first, body, ms: host.now() - this.began } });
  }
}
