/** The door to the built-in backend: mock API on its port, document database, journal. */
import type { DataCommand } from '../protocol';
import { MOCK_PORT, type BackendAnswer, type DataAnswer, type EngineBackend } from './backend';
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
  /** Documents by collection; undefined without a backend. */
  all(): Record<string, unknown[]> | undefined;
  snapshot(): unknown;
}

/** The mock API behind its port. */
class MockApi implements PortHandler {
  constructor(private readonly world: World, private readonly backend: EngineBackend, private readonly store: Store) {}

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
    const answer = this.backend.handle({ method, target, headers, body, remoteAddress }, world.clock.now());
    const { id, at, host, edit } = live.trace;
    Object.assign(live.trace, answer.trace, { id, at, host, request: live.trace.request }, edit === undefined ? {} : { edit });
    if (answer.delay) await world.wait(answer.delay);
    try {
      await this.store(answer);
    } catch (error) {
      return notStored(error as Error);
    }
    return answer;
  }
}

type Store = (answer: Pick<DataAnswer, 'journal' | 'sequence' | 'sequenceBefore' | 'changed'>) => Promise<void>;

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
  let touched = false;
  const store: Store = async ({ journal, sequence, sequenceBefore, changed }) => {
    if (journal.length > 0) {
      touched = true;
      world.holds += 1;
      try {
        await world.options.onJournal?.(journal);
        world.backend?.confirm(sequence);
      } catch (error) {
        world.backend?.discard(sequenceBefore);
        throw error;
      } finally {
        world.holds -= 1;
        world.released();
      }
    }
    if (changed && changed.length > 0) world.options.onChanged?.(changed);
  };
  const run = (command: DataCommand): unknown => world.backend?.data(command, world.clock.now()).value;
  return {
    get touched() {
      return touched;
    },
    async open(saved) {
      world.backend = world.options.backend;
      if (!world.backend) return;
      world.ports.set(MOCK_PORT, new MockApi(world, world.backend, store));
      if (saved !== undefined) {
        await this.command({ data: 'restore', snapshot: JSON.stringify(saved) });
        return;
      }
      for (const [collection, documents] of Object.entries(world.options.data ?? {})) {
        await this.command({ data: 'fill', collection, documents });
      }
    },
    async command(command) {
      if (!world.backend) throw new Error('There is no database in this sandbox: it was made without an engine');
      const answer = world.backend.data(command, world.clock.now());
      await store(answer);
      return answer.value;
    },
    all() {
      if (!world.backend) return undefined;
      const cards = run({ data: 'collections' }) as { name: string }[];
      return Object.fromEntries(cards.map(({ name }) => {
        const { documents } = run({ data: 'find', collection: name, filter: {} }) as { documents: unknown[] };
        return [name, documents];
      }));
    },
    snapshot: () => (world.backend ? run({ data: 'snapshot' }) : undefined),
  };
}
