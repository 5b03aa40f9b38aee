/** Performs one action on a sandbox and answers the record of what was seen. */
import type { Action, Record_, WireResponse } from '../protocol';
import type { Sandbox } from '../sandbox';
import { toProgramError } from '../sandbox/stack';
import { answerWords, markOf, recordSince, traceWords } from './record';
import { prepare, type Prepared } from './request';

/** Port of the learner's server unless a request names another. */
const PORT = 3000;

async function exchange(sandbox: Sandbox, action: Action): Promise<{ prepared: Prepared; response: WireResponse }> {
  const prepared = prepare(action, PORT);
  const { request, chunks } = prepared;
  if (action.cookies) {
    const client = action.as ?? 'me';
    const { host } = new URL(request.url);
    const cookie = Object.entries({ ...sandbox.cookies(client, host), ...action.cookies }).map(([name, value]) => `${name}=${value}`).join('; ');
    request.headers.push(['Cookie', cookie]);
  }
  const response = await sandbox.send(request, { chunks });
  return { prepared, response };
}

/** Does what `action` says, waits until the program is idle. */
export async function perform(sandbox: Sandbox, action: Action): Promise<Record_> {
  const mark = markOf(sandbox);
  const words: Partial<Record_> = {};
  if (action.parallel !== undefined) Object.assign(words, await parallel(sandbox, action));
  else if (action.request !== undefined) {
    const { prepared, response } = await exchange(sandbox, action);
    Object.assign(words, answerWords(response), { sent: prepared.sent });
    await sandbox.settled();
    const trace = traceWords(sandbox.traces.find(({ id }) => id === response.trace));
    if (trace) words.trace = trace;
  } else if (action.advance !== undefined) await sandbox.advance(action.advance);
  else if (action.restart) await sandbox.restart(action.restart.env ?? {});
  else if (action.command !== undefined) words.exit = (await sandbox.command(action.command)).exit ?? 0;
  else if (action.call !== undefined) await call(sandbox, action, words);
  await sandbox.settled();
  const seen = recordSince(sandbox, mark);
  return { ...seen, ...words, ...(words.error ? {} : seen.error ? { error: seen.error } : {}) };
}

async function call(sandbox: Sandbox, action: Action, words: Partial<Record_>): Promise<void> {
  try {
    const value = await sandbox.call(action.call!, action.args ?? []);
    // What JSON cannot say, such as a function, is named by its type.
    words.returns = value === undefined ? undefined : typeof value === 'function' ? `[function ${value.name}]` : (JSON.parse(JSON.stringify(value) ?? 'null') as unknown);
  } catch (error) {
    words.error = toProgramError(error);
  }
}

/** Several at once: the record of the last, and how often each status came. */
async function parallel(sandbox: Sandbox, action: Action): Promise<Partial<Record_>> {
  const { parallel: many, ...one } = action;
  const steps: Action[] = typeof many === 'number' ? Array.from({ length: many }, () => one) : (many ?? []);
  const answers = await Promise.all(steps.map((step) => exchange(sandbox, step)));
  const tally: Record<string, number> = {};
  for (const { response } of answers) {
    const key = response.failure ? response.failure.kind : String(response.status);
    tally[key] = (tally[key] ?? 0) + 1;
  }
  const last = answers.at(-1);
  await sandbox.settled();
  return {
    ...(last ? { ...answerWords(last.response), sent: last.prepared.sent } : {}),
    ...(answers.some(({ response }) => response.failure?.kind === 'hang') ? { hang: true } : {}),
    ...(answers.some(({ response }) => response.failure?.kind === 'refused') ? { refused: true } : {}),
    within: Math.max(0, ...answers.map(({ response }) => response.ms)),
    tally,
  };
}
