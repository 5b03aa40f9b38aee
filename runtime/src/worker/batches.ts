/** Journal batches that wait for the page to store them. */
import { pack } from './packed';
import type { FromWorker } from './protocol';

export class Batches {
  private readonly waiting = new Map<number, { resolve: () => void; reject: (error: Error) => void }>();
  private count = 0;

  constructor(private readonly tell: (message: FromWorker) => void) {}

  /** Resolves when the page has stored the records; rejects with its reason. */
  store(records: Uint8Array[]): Promise<void> {
    this.count += 1;
    const batch = this.count;
    return new Promise((resolve, reject) => {
      this.waiting.set(batch, { resolve, reject });
      this.tell({ event: { event: 'journal', batch, records: pack(records) } });
    });
  }

  stored(batch: number, failure: string | null): void {
    const waiting = this.waiting.get(batch);
    this.waiting.delete(batch);
    if (failure === null) waiting?.resolve();
    else waiting?.reject(new Error(failure));
  }
}
