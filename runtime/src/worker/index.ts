/** The worker of the sandbox frame: engine, Node-shaped modules and the learner's program. Shipped as `worker.js`. */
import { Commands } from './commands';
import { startEngine } from './engine';
import { unpack } from './packed';
import type { WorkerStart } from '../frame/protocol';
import type { FromWorker, ToWorker } from './protocol';

onmessage = (start: MessageEvent<WorkerStart>) => {
  onmessage = null;
  const { engine, port } = start.data;
  const tell = (message: FromWorker, transfer: Transferable[] = []): void => port.postMessage(message, transfer);
  const started = startEngine(engine);
  let commands: Commands | undefined;

  port.onmessage = (event: MessageEvent<ToWorker>) => {
    const message = event.data;
    if ('ping' in message) tell({ pong: message.ping });
    else if ('boot' in message) commands = new Commands(started, unpack(message.boot), tell, message.lastTrace);
    else if ('stored' in message) commands?.stored(message.stored, message.failure);
    else if ('database' in message) commands?.databases.came(message.database, 'failure' in message ? message.failure : '');
    else if ('packs' in message) commands?.packs.came(message.packs, message.loaded);
    else if (commands) void commands.answer(message.id, message.command);
    else tell({ id: message.id, failure: { kind: 'order', message: 'The worker was asked before it was booted.' } });
  };
};
