/** `.env` files: the parser, and the `dotenv` package on top of it. */
import { join } from '../modules/resolve';
import type { Program } from '../sandbox/program';
import { systemError } from './errors';

const LINE = /^\s*(?:export\s+)?([\w.-]+)(?:\s*=\s*?|:\s+?)(\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\r\n]+)?\s*(?:#.*)?$/gm;

/** Names and values of a `.env` text. */
export function parseEnv(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [, name, raw = ''] of text.replace(/\r\n?/g, '\n').matchAll(LINE)) {
    const trimmed = raw.trim();
    const quote = /^(['"`])([\s\S]*)\1$/.exec(trimmed);
    let value = quote ? quote[2]! : trimmed;
    if (quote?.[1] === '"') value = value.replaceAll('\\n', '\n').replaceAll('\\r', '\r');
    values[name!] = value;
  }
  return values;
}

interface DotenvOptions {
  path?: string | string[];
  override?: boolean;
  processEnv?: Record<string, string | undefined>;
  quiet?: boolean;
}

/** What `require('dotenv')` gives. */
export function makeDotenv(program: Program): object {
  function config(options: DotenvOptions = {}): { parsed?: Record<string, string>; error?: Error } {
    const env = options.processEnv ?? program.process.env;
    const parsed: Record<string, string> = {};
    let error: Error | undefined;
    for (const path of [options.path ?? '.env'].flat()) {
      const file = join((program.process.cwd as () => string)(), path);
      if (program.world.files.isFile(file)) Object.assign(parsed, parseEnv(program.world.files.text(file)));
      else error = systemError('ENOENT', 'open', file);
    }
    for (const [key, value] of Object.entries(parsed)) if (options.override || env[key] === undefined) env[key] = value;
    return { parsed, ...(error ? { error } : {}) };
  }
  return { config, configDotenv: config, parse: (text: unknown) => parseEnv(String(text)), populate: Object.assign };
}
