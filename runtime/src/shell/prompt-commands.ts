/** The words of the prompt that are no JavaScript: `show`, `use`, `it`, `help`, `cls`, `exit` (mongosh: "Console Commands"). */
import { HELP } from './help';
import { MongoshInvalidInputError } from './errors';
import { Shown, shownCollections, shownDatabases, shownPage } from './print';
import type { Shell } from './shell';

/** What the page does beside showing a text. */
export type Effect = 'clear' | 'exit';

export interface Done {
  text: string;
  effect?: Effect;
}

type Perform = (shell: Shell, words: string[]) => Done;

const said = (text: string): Done => ({ text });

function use(shell: Shell, [name]: string[]): Done {
  if (!name) throw new MongoshInvalidInputError('[COMMON-10001] Missing required argument at position 0 (use)');
  const before = shell.database._name;
  shell.select(name);
  return said(name === before ? `already on db ${name}` : `switched to db ${name}`);
}

function show(shell: Shell, [what = '']: string[]): Done {
  switch (what) {
    case 'dbs':
    case 'databases':
      return said(shownDatabases(shell.mongo.getDBs().databases as Record<string, unknown>[]));
    case 'collections':
    case 'tables':
      return said(shownCollections(shell.database.getCollectionInfos({}, { nameOnly: true })));
    case 'users':
    case 'roles':
      return said('[]');
    case '':
      throw new MongoshInvalidInputError('[COMMON-10001] Missing required argument at position 0 (show)');
    default:
      throw new MongoshInvalidInputError(`[COMMON-10001] '${what}' is not a valid argument for "show". It takes dbs, collections, tables or databases.`);
  }
}

function it(shell: Shell): Done {
  return said((shell.cursor && shownPage(shell.cursor)) || 'no cursor');
}

export const PROMPT_COMMANDS: Record<string, Perform> = {
  use,
  show,
  it,
  help: () => said(HELP),
  cls: () => ({ text: '', effect: 'clear' }),
  exit: () => ({ text: '', effect: 'exit' }),
  quit: () => ({ text: '', effect: 'exit' }),
};

/** Does a line that is such a command; undefined when it is code. */
export function promptCommand(shell: Shell, line: string): Done | undefined {
  const [name = '', ...words] = line.trim().replace(/;$/, '').split(/\s+/);
  // `use = 5` and `show.me` are code, and so is a name that the reader gave.
  if (!Object.hasOwn(PROMPT_COMMANDS, name) || /^[=.(]/.test(words[0] ?? '')) return undefined;
  return PROMPT_COMMANDS[name]!(shell, words.map((word) => word.replace(/^(["'])(.*)\1$/, '$2')));
}

/** The commands as functions, for scripts. */
export function commandFunctions(shell: Shell): Record<string, unknown> {
  const call = (name: string) => (...words: unknown[]) => new Shown(PROMPT_COMMANDS[name]!(shell, words.map(String)).text);
  return { use: call('use'), show: call('show'), help: call('help'), cls: call('cls') };
}
