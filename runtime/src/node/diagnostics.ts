/** `diagnostics_channel`: named channels, and channels that trace calls. */
import { received } from './errors';

type Listener = (message: unknown, name: string | symbol) => void;
type Call = (...args: unknown[]) => unknown;

class Channel {
  private listeners: Listener[] = [];

  constructor(readonly name: string | symbol) {}

  get hasSubscribers(): boolean {
    return this.listeners.length > 0;
  }

  publish(message: unknown): void {
    for (const listener of this.listeners) {
      try {
        listener(message, this.name);
      } catch (error) {
        // A listener's fault is not the publisher's.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  subscribe(listener: Listener): void {
    if (typeof listener !== 'function') throw new TypeError(`The "subscription" argument must be of type function.${received(listener)}`);
    this.listeners = [...this.listeners, listener];
  }

  unsubscribe(listener: Listener): boolean {
    const before = this.listeners;
    this.listeners = before.filter((item) => item !== listener);
    return this.listeners.length < before.length;
  }
}

const EVENTS = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'] as const;

class TracingChannel {
  readonly start: Channel;
  readonly end: Channel;
  readonly asyncStart: Channel;
  readonly asyncEnd: Channel;
  readonly error: Channel;

  constructor(channelOf: (event: (typeof EVENTS)[number]) => Channel) {
    this.start = channelOf('start');
    this.end = channelOf('end');
    this.asyncStart = channelOf('asyncStart');
    this.asyncEnd = channelOf('asyncEnd');
    this.error = channelOf('error');
  }

  get hasSubscribers(): boolean {
    return EVENTS.some((event) => this[event].hasSubscribers);
  }

  subscribe(listeners: Partial<Record<(typeof EVENTS)[number], Listener>>): void {
    for (const event of EVENTS) if (listeners[event]) this[event].subscribe(listeners[event]);
  }

  unsubscribe(listeners: Partial<Record<(typeof EVENTS)[number], Listener>>): boolean {
    return EVENTS.map((event) => !listeners[event] || this[event].unsubscribe(listeners[event])).every(Boolean);
  }

  traceSync(run: Call, context: Record<string, unknown> = {}, self?: unknown, ...args: unknown[]): unknown {
    this.start.publish(context);
    try {
      return (context['result'] = run.apply(self, args));
    } catch (error) {
      context['error'] = error;
      this.error.publish(context);
      throw error;
    } finally {
      this.end.publish(context);
    }
  }

  tracePromise(run: Call, context: Record<string, unknown> = {}, self?: unknown, ...args: unknown[]): Promise<unknown> {
    const settled = (name: string, value: unknown): void => {
      context[name] = value;
      if (name === 'error') this.error.publish(context);
      this.asyncStart.publish(context);
      this.asyncEnd.publish(context);
    };
    this.start.publish(context);
    try {
      return Promise.resolve(run.apply(self, args)).then(
        (result) => {
          settled('result', result);
          return result;
        },
        (error) => {
          settled('error', error);
          throw error;
        },
      );
    } catch (error) {
      context['error'] = error;
      this.error.publish(context);
      throw error;
    } finally {
      this.end.publish(context);
    }
  }

  traceCallback(run: Call, position = -1, context: Record<string, unknown> = {}, self?: unknown, ...args: unknown[]): unknown {
    const at = position < 0 ? args.length + position : position;
    const callback = args[at] as Call;
    args[at] = (error: unknown, result: unknown, ...rest: unknown[]): void => {
      if (error) {
        context['error'] = error;
        this.error.publish(context);
      } else context['result'] = result;
      this.asyncStart.publish(context);
      try {
        callback(error, result, ...rest);
      } finally {
        this.asyncEnd.publish(context);
      }
    };
    this.start.publish(context);
    try {
      return run.apply(self, args);
    } finally {
      this.end.publish(context);
    }
  }
}

/** The channels of one program. */
export function makeDiagnostics(): object {
  const channels = new Map<string | symbol, Channel>();
  const channel = (name: string | symbol): Channel => {
    let found = channels.get(name);
    if (!found) channels.set(name, (found = new Channel(name)));
    return found;
  };
  return {
    Channel,
    channel,
    hasSubscribers: (name: string | symbol) => Boolean(channels.get(name)?.hasSubscribers),
    subscribe: (name: string | symbol, listener: Listener) => channel(name).subscribe(listener),
    unsubscribe: (name: string | symbol, listener: Listener) => channel(name).unsubscribe(listener),
    tracingChannel: (name: string | Record<string, Channel>) =>
      new TracingChannel((event) => (typeof name === 'string' ? channel(`tracing:${name}:${event}`) : name[event]!)),
  };
}
