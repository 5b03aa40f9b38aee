/** Connections that stay open, which a preview has none of: whoever opens one reads so in the Console tool. */
import { say } from './console';

/** The policy refuses them, and they would tell nobody why. */
export function tellOfStreams(): void {
  globalThis.EventSource = class extends EventSource {
    constructor(url: string | URL, init?: EventSourceInit) {
      super(url, init);
      refused('EventSource', url);
    }
  };
  globalThis.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      refused('WebSocket', url);
    }
  };
}

function refused(name: string, url: string | URL): void {
  say('warn', `${name} ${url} was not opened: a preview asks and is answered, and keeps no connection open. fetch and XMLHttpRequest work.`);
}
