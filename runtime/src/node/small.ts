/** Node modules of a few lines: events, readline, tty. */
import EventEmitter from 'events';
import { nodeError } from './errors';

/** `events` with the named exports that the npm package lacks. */
export function makeEvents(Emitter: typeof EventEmitter): object {
  const module = Emitter as unknown as Record<string, unknown>;
  module.EventEmitter ??= Emitter;
  module.errorMonitor ??= Symbol('events.errorMonitor');
  module.captureRejectionSymbol ??= Symbol.for('nodejs.rejection');
  module.getEventListeners ??= (emitter: EventEmitter, event: string) => emitter.listeners(event);
  module.setMaxListeners ??= () => undefined;
  module.addAbortListener ??= (signal: AbortSignal, listener: () => void) => signal.addEventListener('abort', listener, { once: true });
  module.on ??= async function* on(emitter: EventEmitter, event: string): AsyncGenerator<unknown[]> {
    const queue: unknown[][] = [];
    let wake: (() => void) | undefined;
    const listener = (...args: unknown[]): void => {
      queue.push(args);
      wake?.();
    };
    emitter.on(event, listener as () => void);
    try {
      for (;;) {
        const item = queue.shift();
        if (item) yield item;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      emitter.off(event, listener as () => void);
    }
  };
  return module;
}

export function makeReadline(): object {
  const createInterface = (): never => {
    throw nodeError(Error, 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', 'There is no keyboard input here: pass values as arguments (process.argv) instead');
  };
  return { createInterface, clearLine: () => true, cursorTo: () => true, promises: { createInterface } };
}

export function makeTty(): object {
  return { isatty: () => false, ReadStream: class ReadStream {}, WriteStream: class WriteStream {} };
}
