/** The world outside: scripted third parties, and a clear refusal for everything else. */
import type { HeaderList } from '../protocol';
import type { RawRequest, RawResponse } from './wire';
import type { World } from './world';

/** One scripted answer of a third party. */
interface Rule {
  match?: { method?: string; path?: string; query?: Record<string, string> };
  status?: number;
  headers?: Record<string, string>;
  json?: unknown;
  text?: string;
  /** Milliseconds. */
  delay?: number;
  /** Connection error instead of an answer: `refused`, `reset`, `timeout`. */
  fail?: string;
  /** How often the rule answers; afterwards the next fitting one does. */
  times?: number;
}

/** A request that the learner's program sent to a third party. */
export interface Call {
  method: string;
  url: string;
  path: string;
  headers: Record<string, string>;
  body: string;
  json?: unknown;
}

export type Outcome = { response: RawResponse; delay: number } | { fail: string; delay: number };

const encoder = new TextEncoder();

export class Network {
  readonly calls: Call[] = [];
  private readonly rules: Map<string, Rule[]>;

  constructor(private readonly world: World, script: Record<string, unknown[]>) {
    this.rules = new Map(Object.entries(script).map(([origin, rules]) => [origin.replace(/\/$/, ''), (rules as Rule[]).map((rule) => ({ ...rule }))]));
  }

  knows(origin: string): boolean {
    return this.rules.has(origin);
  }

  /** Answers a request to a scripted origin and notes it. */
  call(origin: string, request: RawRequest): Outcome {
    this.note(origin, request);
    const [path = '/', query = ''] = request.target.split(/\?(.*)/s);
    const rule = this.rules.get(origin)?.find((candidate) => candidate.times !== 0 && fits(candidate.match, request.method, path, query));
    if (!rule) return { response: answer({ status: 404, json: { error: 'Not found' } }), delay: 0 };
    if (rule.times !== undefined) rule.times -= 1;
    if (rule.fail) return { fail: rule.fail, delay: rule.delay ?? 0 };
    return { response: answer(rule), delay: rule.delay ?? 0 };
  }

  /** Why a URL cannot be reached. */
  refusal(origin: string): string {
    const known = [...this.rules.keys(), ...[...this.world.ports.keys()].map((port) => `http://localhost:${port}`)];
    return `${origin} cannot be reached from here. This program can talk to ${known.length === 0 ? 'no server yet' : known.join(', ')}`;
  }

  private note(origin: string, request: RawRequest): void {
    const body = new TextDecoder().decode(request.body);
    const call: Call = {
      method: request.method,
      url: origin + request.target,
      path: request.target,
      headers: Object.fromEntries(request.headers.map(([name, value]) => [name.toLowerCase(), value])),
      body,
    };
    try {
      call.json = JSON.parse(body);
    } catch {
      // The body is no JSON; the text says it all.
    }
    this.calls.push(call);
  }
}

function fits(match: Rule['match'], method: string, path: string, query: string): boolean {
  if (!match) return true;
  if (match.method && match.method.toUpperCase() !== method) return false;
  if (match.path !== undefined) {
    const pattern = match.path.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    if (!new RegExp(`^${pattern.join('.*')}$`).test(path)) return false;
  }
  const sent = new URLSearchParams(query);
  return Object.entries(match.query ?? {}).every(([key, value]) => sent.get(key) === String(value));
}

function answer(rule: Rule): RawResponse {
  const text = rule.json === undefined ? (rule.text ?? '') : JSON.stringify(rule.json);
  const body = encoder.encode(text);
  const headers: HeaderList = Object.entries(rule.headers ?? {});
  const has = (name: string): boolean => headers.some(([key]) => key.toLowerCase() === name);
  if (!has('content-type')) headers.push(['content-type', rule.json === undefined ? 'text/plain; charset=utf-8' : 'application/json']);
  if (!has('content-length')) headers.push(['content-length', String(body.length)]);
  return { status: rule.status ?? 200, statusMessage: '', headers, body };
}
