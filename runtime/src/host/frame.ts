/** The sandbox frame: made once, asked to start and end workers. */
import type { FrameCommand, FrameEvent } from '../frame/protocol';

const READY_WITHIN = 2_000;
const ATTEMPTS = 3;

export interface SandboxFrame {
  spawn(script: string, engine: ArrayBuffer, port: MessagePort): number;
  terminate(worker: number): void;
  remove(): void;
}

/** Resolves when the frame's script runs; rejects after three attempts of two seconds. */
export async function openFrame(base: string, onBroken: (worker: number, message: string) => void): Promise<SandboxFrame> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attach(base, onBroken);
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
  }
}

/** The window with the opaque origin, inside the frame that the page's own origin serves. */
function sandbox(frame: HTMLIFrameElement): Window | undefined {
  return frame.contentWindow?.[0];
}

function attach(base: string, onBroken: (worker: number, message: string) => void): Promise<SandboxFrame> {
  const frame = document.createElement('iframe');
  frame.title = 'Backend sandbox';
  frame.hidden = true;
  frame.tabIndex = -1;
  frame.setAttribute('aria-hidden', 'true');
  frame.src = new URL('sandbox.html', base).href;
  let workers = 0;
  return new Promise((resolve, reject) => {
    const post = (command: FrameCommand, transfer: Transferable[] = []): void => sandbox(frame)?.postMessage(command, '*', transfer);
    const listen = (event: MessageEvent<FrameEvent>): void => {
      if (event.source !== sandbox(frame)) return;
      if (event.data.frame === 'broken') return onBroken(event.data.worker, event.data.message);
      clearTimeout(timer);
      resolve({
        spawn(script, engine, port) {
          workers += 1;
          post({ frame: 'spawn', worker: workers, script, engine, port }, [engine, port]);
          return workers;
        },
        terminate: (worker) => post({ frame: 'terminate', worker }),
        remove,
      });
    };
    const remove = (): void => {
      removeEventListener('message', listen);
      frame.remove();
    };
    const timer = setTimeout(() => {
      remove();
      reject(new Error('The sandbox frame did not start. A browser extension or a policy of this site may block frames; allow them and reload.'));
    }, READY_WITHIN);
    addEventListener('message', listen);
    document.body.append(frame);
  });
}
