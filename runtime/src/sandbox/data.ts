/** The doors to the databases: the mock API on its port, and the commands of the Database tool. */
import type { DataCommand } from '../protocol';
import { MOCK_PORT, type BackendAnswer, type DataAnswer } from './backend';
import { databaseOf } from './connection-string';
import { declaredRelations } from './declared';
import type { World } from './world';
import type { Connection, PortHandler, RawRequest, Sink } from './wire';
import type { LiveTrace } from './trace';

export interface DataDoor {
  /** Something was written since the sandbox was made. */
  readonly touched: boolean;
  /** Opens the mock API's port; takes the data of a snapshot, else the project's rows. */
  open(saved?: unknown): Promise<void>;
  /** Runs a command; resolves when its journal is stored. */
  command(command: DataCommand): Promise<unknown>;
  /**
   * Runs a command of MongoDB's at once; command and reply are Extended JSON, of which `canonical` keeps the types of numbers.
   * Throws while the databases are not loaded. The reply may be shown when `stored` has resolved; when it rejects, the change was
   * taken back.
   */
  run(database: string, command: object, canonical?: boolean): { reply: Record<string, unknown>; stored: Promise<void> };
  /** Documents by collection; undefined without databases. */
  all(): Record<string, unknown[]> | undefined;
  snapshot(): unknown;
}

/** The mock API behind its port. */
class MockApi implements PortHandler {
  constructor(private readonly world: World) {}

  accept(request: RawRequest, sink: Sink, live: LiveTrace): Connection {
    let cut = false;
    void this.answer(request, live).then(
      (answer) => {
        if (cut) return;
        sink.head(answer.status, answer.statusMessage ?? '', answer.headers);
        sink.chunk(answer.body);
        sink.end();
      },
      (error: unknown) => sink.reset(String((error as Error).message ?? error)),
    );
    return { live, abort: () => void (cut = true) };
  }

  private async answer(request: RawRequest, live: LiveTrace): Promise<BackendAnswer> {
    const { world } = this;
    const { method, target, headers, body, remoteAddress } = request;
    live.claimed = true;
    const backend = world.store.now()?.backend ?? (await world.store.backend());
    const answer = backend.handle({ method, target, headers, body, remoteAddress }, world.clock.now());
    const { id, at, host, edit } = live.trace;
    Object.assign(live.trace, answer.trace, { id, at, host, request: live.trace.request }, edit === undefined ? {} : { edit });
    const stored = world.store.keep(answer);
    // What goes wrong is looked at below, after the delay.
    stored?.catch(() => undefined);
    try {
      if (answer.delay) await world.wait(answer.delay);
      await stored;
    } catch (error) {
      return notStored(error as Error);
    }
    return answer;
  }
}

/** The change was taken back, so the client must not be told that it worked. */
function notStored(error: Error): BackendAnswer {
  const body = new TextEncoder().encode(JSON.stringify({ error: `The change could not be stored: ${error.message}` }));
  return {
    status: 507,
    statusMessage: 'Insufficient Storage',
    headers: [['Content-Type', 'application/json; charset=utf-8'], ['Content-Length', String(body.length)]],
    body,
    journal: [],
    sequence: 0,
    sequenceBefore: 0,
  };
}

export function makeData(world: World): DataDoor {
  const { store } = world;
  const { options } = world;
  const atOnce = (command: DataCommand): DataAnswer => {
    const database = store.now();
    if (!database) throw new Error('The databases are not loaded yet. Wait for `data.command` once');
    return database.backend.data(command, world.clock.now());
  };
  const read = (command: DataCommand): unknown => atOnce(command).value;
  /** The database whose collections a project's checks name without it. */
  const own = databaseOf(options.files, options.env);
  return {
    get touched() {
      return store.touched;
    },
    async open(saved) {
      if (!store.exists) return;
      world.ports.set(MOCK_PORT, new MockApi(world));
      if (saved !== undefined) {
        await this.command({ data: 'restore', snapshot: JSON.stringify(saved) });
        return;
      }
      for (const [collection, documents] of Object.entries(options.data ?? {})) {
        const name = own === undefined || collection.includes('.') ? collection : `${own}.${collection}`;
        await this.command({ data: 'fill', collection: name, documents });
      }
    },
    async command(command) {
      if (command.data === 'relations') return declaredRelations(world.program?.loader.loadedPack('mongoose'));
      const answer = (await store.backend()).data(command, world.clock.now());
      await store.keep(answer);
      return answer.value;
    },
    run(database, command, canonical = false) {
      const answer = atOnce({ data: 'command', database, command, canonical });
      return { reply: answer.value as Record<string, unknown>, stored: store.keep(answer) ?? Promise.resolve() };
    },
    all() {
      if (!store.now()) return undefined;
      const cards = read({ data: 'collections' }) as { name: string }[];
      const all: Record<string, unknown[]> = {};
      for (const { name } of cards) {
        const shown = own === undefined ? name : shownIn(own, name);
        if (shown === undefined) continue;
        all[shown] = (read({ data: 'find', collection: name, filter: {} }) as { documents: unknown[] }).documents;
      }
      return all;
    },
    snapshot: () => (store.now() ? read({ data: 'snapshot' }) : undefined),
  };
}

/** How a collection is called in a project with a database of its own; the mock API's are not part of it. */
function shownIn(own: string, name: string): string | undefined {
  if (!name.includes('.')) return undefined;
  return name.startsWith(`${own}.`) ? name.slice(own.length + 1) : name;
}
