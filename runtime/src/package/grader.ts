/** `backlab-grader`: one JSON command per line on stdin, one JSON answer per line on stdout, strictly in order. */
import { createInterface } from 'node:readline';
import { createGrader } from '../grader';
import { asked } from '../modules/asked';
import type { GraderCommand } from '../protocol';
import { base } from './base';

const host = (globalThis as unknown as {
  process: { env: Record<string, string>; stdin: unknown; stdout: { write(text: string): void }; exit(code: number): void };
}).process;

// Local times in answers must not depend on the machine.
host.env.TZ = 'UTC';
const common = await base();
// What is proven here must hold in the page, where a program has only the packs that its files name.
const grader = createGrader((seed, { files }) => {
  const options = common(seed);
  const names = new Set(asked(files));
  return { ...options, pack: (name) => (names.has(name) ? options.pack?.(name) : undefined) };
});
const lines = createInterface({ input: host.stdin as never, crlfDelay: Infinity }) as AsyncIterable<string> & { close(): void };

for await (const line of lines) {
  if (line.trim() === '') continue;
  let command: GraderCommand;
  try {
    command = JSON.parse(line) as GraderCommand;
  } catch (error) {
    host.stdout.write(`${JSON.stringify({ ok: false, message: `not a JSON command: ${(error as Error).message}` })}\n`);
    continue;
  }
  host.stdout.write(`${JSON.stringify(await grader.answer(command))}\n`);
}
await grader.close();
host.exit(0);
