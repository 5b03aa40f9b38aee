/** The grader's end of the sandbox: opens sandboxes, performs steps, closes them, one command at a time. */
import type { GraderAnswer, GraderCommand, Project } from '../protocol';
import { createSandbox, type Sandbox, type SandboxOptions } from '../sandbox';
import { perform } from './perform';
import { markOf, recordSince } from './record';

export interface Grader {
  /** Never rejects; a failure of the grader itself is `ok: false`. */
  answer(command: GraderCommand): Promise<GraderAnswer>;
  close(): Promise<void>;
}

/** What a project without a seed gets, so that the same check sees the same chance. */
const SEED = 'grader';

/** What a sandbox gets beside its project: engine, packages, a backend of its own. */
export type Base = (seed: string, project: Project) => Partial<SandboxOptions> | Promise<Partial<SandboxOptions>>;

export function createGrader(base: Base = () => ({})): Grader {
  const sandboxes = new Map<string, Sandbox>();
  let queue: Promise<unknown> = Promise.resolve();

  async function run(command: GraderCommand): Promise<GraderAnswer> {
    if (command.do === 'open') {
      await sandboxes.get(command.sandbox)?.close();
      const beside = await base(command.project.seed ?? SEED, command.project);
      const sandbox = await createSandbox({ clock: 'virtual', trace: 'every', seed: SEED, ...beside, ...command.project });
      sandboxes.set(command.sandbox, sandbox);
      const mark = markOf(sandbox);
      if (command.start !== false) await sandbox.start();
      await sandbox.settled();
      return { ok: true, record: recordSince(sandbox, mark) };
    }
    const sandbox = sandboxes.get(command.sandbox);
    if (!sandbox) return { ok: false, message: `no open sandbox is called "${command.sandbox}"` };
    if (command.do === 'perform') return { ok: true, record: await perform(sandbox, command.action) };
    sandboxes.delete(command.sandbox);
    await sandbox.close();
    return { ok: true };
  }

  return {
    answer(command) {
      const result = queue.then(() => run(command)).catch((error: unknown): GraderAnswer => ({ ok: false, message: String((error as Error).stack ?? error) }));
      queue = result;
      return result;
    },
    async close() {
      for (const sandbox of sandboxes.values()) await sandbox.close();
      sandboxes.clear();
    },
  };
}
