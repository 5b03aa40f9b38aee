/** The record of one step: what was seen from outside, in the words of the task format. */
import type { ProgramError, Record_, Trace, WireResponse } from '../protocol';
import type { Sandbox } from '../sandbox';

/** Where the logs of a sandbox stood before a step. */
export interface Mark {
  console: number;
  errors: number;
  traces: number;
  calls: number;
  work: number;
  exit: number | undefined;
}

export function markOf(sandbox: Sandbox): Mark {
  const { world } = sandbox;
  return {
    console: world.console.last,
    errors: world.errors.length,
    traces: world.tracer.last,
    calls: world.network.calls.length,
    work: world.tracer.outside,
    exit: sandbox.exitCode,
  };
}

/** What happened since `mark`, without an answer. */
export function recordSince(sandbox: Sandbox, mark: Mark): Record_ {
  const { world } = sandbox;
  const lines = world.console.since(mark.console).filter((line) => line.level !== 'system' && line.level !== 'input');
  const traces = sandbox.traces.filter((trace) => trace.id > mark.traces);
  const error: ProgramError | undefined = world.errors[mark.errors] ?? traces.find((trace) => trace.error)?.error;
  // Seed data that nothing touched would only make each record longer.
  const db = sandbox.options.data || sandbox.data.touched ? sandbox.data.all() : undefined;
  return {
    console: lines.flatMap((line) => line.text.split('\n')),
    ...(error ? { error } : {}),
    ...(sandbox.exitCode === undefined ? {} : { exit: sandbox.exitCode }),
    listening: sandbox.listening,
    ...(db ? { db } : {}),
    files: sandbox.files,
    calls: world.network.calls.slice(mark.calls),
    queries: [...world.tracer.workSince(mark.work), ...traces.flatMap((trace) => trace.layers.flatMap((layer) => layer.work))],
  };
}

const decoder = new TextDecoder();

/** The words that describe an answer. */
export function answerWords(response: WireResponse): Partial<Record_> {
  if (response.failure) {
    const { kind } = response.failure;
    return kind === 'hang' ? { hang: true } : kind === 'refused' ? { refused: true } : {};
  }
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of response.headers) {
    const key = name.toLowerCase();
    const old = headers[key];
    if (old === undefined) headers[key] = key === 'set-cookie' ? [value] : value;
    else headers[key] = [old, value].flat();
  }
  const text = decoder.decode(response.body);
  const words: Partial<Record_> = { status: response.status, headers, cookies: setCookies(response), text, within: response.ms };
  if (/^application\/(?:[\w.+-]+\+)?json\b/i.test(String(headers['content-type'] ?? ''))) {
    try {
      words.json = JSON.parse(text);
    } catch {
      // A body that does not parse leaves `json` absent, which is what a check looks at.
    }
  }
  return words;
}

function setCookies(response: WireResponse): Record<string, string> {
  const cookies: Record<string, string> = {};
  for (const [name, value] of response.headers) {
    const match = name.toLowerCase() === 'set-cookie' && /^([^=;]+)=([^;]*)/.exec(value);
    if (match) cookies[match[1]!.trim()] = match[2]!;
  }
  return cookies;
}

/** The parts of a trace that checks can name, and the two ends that its lane is drawn between. The record has the body. */
export function traceWords(trace: Trace | undefined): Partial<Trace> | undefined {
  if (!trace) return undefined;
  const { id, ms, layers, tried, missed, answered, stopped, writes } = trace;
  const request = { ...trace.request, body: '' };
  const response = trace.response && { ...trace.response, body: '' };
  return { id, ms, request, layers, tried, missed, writes, ...(response ? { response } : {}), ...(answered ? { answered } : {}), ...(stopped ? { stopped } : {}) };
}
