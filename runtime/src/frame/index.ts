/** The script of the frame in `sandbox.html`: starts and ends workers in an opaque origin without a network. */
import { confine } from './confine';
import { page, tellPage } from './page';
import type { FrameCommand, FrameEvent, WorkerStart } from './protocol';

const workers = new Map<number, Worker>();
const tell = (event: FrameEvent): void => tellPage(event);

addEventListener('message', (event: MessageEvent<FrameCommand>) => {
  if (event.source !== page) return;
  const command = event.data;
  if (command.frame === 'terminate') {
    workers.get(command.worker)?.terminate();
    workers.delete(command.worker);
    return;
  }
  const url = URL.createObjectURL(new Blob([command.script], { type: 'text/javascript' }));
  const worker = new Worker(url);
  URL.revokeObjectURL(url);
  workers.set(command.worker, worker);
  worker.onerror = (error) => tell({ frame: 'broken', worker: command.worker, message: error.message });
  const start: WorkerStart = { engine: command.engine, port: command.port };
  worker.postMessage(start, [command.engine, command.port]);
});

confine();
tell({ frame: 'ready' });
