/** One worker as the page sees it: calls with answers, events, and a pulse. */
import type { HostCommand, HostEvent } from '../protocol';
import type { FromWorker, LoadedPacks, ToWorker } from '../worker/protocol';

/** Why a call has no answer. */
export interface CallFailure {
  kind: string;
  message: string;
}

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (failure: CallFailure) => void;
}

const PULSE = 250;
/** Longer than the loop guard's two seconds, which names the line itself. */
const SILENCE = 3_000;

export class Connection {
  readonly port: MessagePort;
  private readonly mine: MessagePort;
  private readonly waiting = new Map<number, Waiting>();
  private calls = 0;
  private lastPong = 0;
  private pulse: ReturnType<typeof setInterval> | undefined;
  private busy: { file: string; line: number } | undefined;

  constructor(
    private readonly onEvent: (event: HostEvent) => void,
    private readonly onNeed: (names: string[]) => Promise<LoadedPacks>,
    private readonly onWant: () => Promise<ArrayBuffer>,
    private readonly onSilent: (busy: { file: string; line: number } | undefined) => void,
  ) {
    const channel = new MessageChannel();
    this.port = channel.port2;
    this.mine = channel.port1;
    this.mine.onmessage = (message: MessageEvent<FromWorker>) => this.receive(message.data);
  }

  boot(journal: string[], lastTrace: number): void {
    this.post({ boot: journal, lastTrace });
  }

  call(command: HostCommand): Promise<unknown> {
    this.calls += 1;
    const id = this.calls;
    this.watch();
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.post({ id, command });
    });
  }

  stored(batch: number, failure: string | null): void {
    this.post({ stored: batch, failure });
  }

  /** Ends the connection; calls that still wait are refused. */
  close(failure: CallFailure): void {
    clearInterval(this.pulse);
    this.pulse = undefined;
    this.mine.close();
    for (const { reject } of this.waiting.values()) reject(failure);
    this.waiting.clear();
  }

  private post(message: ToWorker): void {
    this.mine.postMessage(message);
  }

  private receive(message: FromWorker): void {
    this.lastPong = performance.now();
    if ('pong' in message) return;
    if ('busy' in message) {
      this.busy = message.busy;
      return;
    }
    if ('need' in message) {
      const { need, names } = message;
      return void this.onNeed(names).then((loaded) => this.post({ packs: need, loaded }));
    }
    if ('want' in message) {
      return void this.onWant().then(
        (database) => this.post({ database }),
        (error: Error) => this.post({ database: null, failure: error.message }),
      );
    }
    if ('event' in message) return this.onEvent(message.event);
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if ('failure' in message) waiting?.reject(message.failure);
    else waiting?.resolve(message.value);
  }

  /** Pings from the first call on; timers of the learner's program can block the worker at any later time too. */
  private watch(): void {
    if (this.pulse !== undefined) return;
    this.lastPong = performance.now();
    let lastBeat = performance.now();
    this.pulse = setInterval(() => {
      const now = performance.now();
      // The page itself slept (a background tab, a suspended laptop): the worker could not be heard.
      if (now - lastBeat > SILENCE / 2) this.lastPong = now;
      lastBeat = now;
      if (now - this.lastPong > SILENCE) {
        clearInterval(this.pulse);
        this.onSilent(this.busy);
        return;
      }
      this.post({ ping: now });
    }, PULSE);
  }
}
