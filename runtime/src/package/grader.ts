/** `backlab-grader`: one JSON command per line on stdin, one JSON answer per line on stdout, strictly in order. */
import { createInterface } from 'node:readline';
import { createGrader } from '../grader';
import type { GraderCommand } from '../protocol';
import { base } from './base';

const host = (globalThis as unknown as {
  process: { env: Record<string, string>; stdin: unknown; stdout: { write(text: string): void }; exit(code: number): void };
}).process;

// Local times in answers must not depend on the machine.
host.env.TZ = 'UTC';
const common = await base();
const grader = createGrader(common);
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
