/** `stream.duplexPair`: two streams, each of which reads what the other writes. */
import { Duplex } from 'readable-stream';

type Done = (error?: Error | null) => void;

class Side extends Duplex {
  private other!: Side;
  private resume_: Done | undefined;

  static pair(options: object | undefined): [Side, Side] {
    const [a, b] = [new Side(options as never), new Side(options as never)];
    [a.other, b.other] = [b, a];
    for (const side of [a, b]) Object.defineProperty(side, 'other', { enumerable: false });
    return [a, b];
  }

  override _read(): void {
    const next = this.resume_;
    this.resume_ = undefined;
    next?.();
  }

  _write(chunk: Uint8Array, _encoding: string, done: Done): void {
    // Written when the other side wants more.
    if (chunk.length === 0) return queueMicrotask(() => done());
    this.other.push(chunk);
    this.other.resume_ = done;
  }

  _final(done: Done): void {
    this.other.once('end', () => done());
    this.other.push(null);
  }
}

export const duplexPair = (options?: object): [Side, Side] => Side.pair(options);
