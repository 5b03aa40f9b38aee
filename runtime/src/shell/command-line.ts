/** What `mongosh …` on a command line asks for (mongosh: "Options"). */

export interface Invocation {
  /** Name of the database that `db` is. */
  database: string;
  /** Codes of `--eval`, in order; then the files. */
  evals: string[];
  files: string[];
  /** How values are printed: as at the prompt, or as Extended JSON. */
  json?: 'canonical' | 'relaxed';
}

/** `says` is shown instead of anything being run. */
export type Asked = Invocation | { says: string; exit: number };

const VERSION = '2.5.8';
const WITH_VALUE = new Set(['--host', '--port', '-u', '--username', '-p', '--password', '--authenticationDatabase', '--tlsCAFile']);
const PLAIN = new Set(['--quiet', '--norc', '--nodb', '--shell', '--verbose', '--no-quiet']);

const USAGE = `  $ mongosh [options] [db address] [file names (ending in .js or .mongodb)]

  Options:

    --eval <code>        Evaluate JavaScript and print what it comes to
    -f, --file <file>    Run a file
    --json[=relaxed]     Print what --eval comes to as Extended JSON
    --quiet              Do not show the greeting
    --version            Print the version

  DB address: shop, localhost:27017/shop, mongodb://localhost:27017/shop`;

const refused = (host: string): Asked => ({
  says: `MongoNetworkError: connect ECONNREFUSED ${host}\nThe database of this page is at mongodb://localhost:27017.`,
  exit: 1,
});

/** Database of an address; the address itself when nothing is there. */
function addressed(text: string): { database: string } | { nowhere: string } {
  const [, host = '', port = '27017', database = ''] = /^(?:mongodb(?:\+srv)?:\/\/)?(?:[^@/]*@)?([^/:?]*)(?::(\d+))?(?:\/([^?]*))?(?:\?.*)?$/.exec(text) ?? [];
  const isHost = /^mongodb/.test(text) || text.includes('/') || text.includes(':');
  if (!isHost) return { database: text };
  const here = (host === '' || host === 'localhost' || host === '127.0.0.1') && port === '27017';
  return here ? { database: database || 'test' } : { nowhere: `${host || 'localhost'}:${port}` };
}

export function readInvocation(args: string[]): Asked {
  const asked: Invocation = { database: 'test', evals: [], files: [] };
  const rest: string[] = [];
  let host = '';
  for (let at = 0; at < args.length; at += 1) {
    const [, flag = '', value] = /^(--?[\w-]+)(?:=(.*))?$/s.exec(args[at]!) ?? [];
    const taken = (): string => value ?? args[(at += 1)] ?? '';
    if (!args[at]!.startsWith('-')) rest.push(args[at]!);
    else if (flag === '--eval') asked.evals.push(taken());
    else if (flag === '-f' || flag === '--file') asked.files.push(taken());
    else if (flag === '--json') asked.json = value === 'relaxed' ? 'relaxed' : 'canonical';
    else if (flag === '--version') return { says: VERSION, exit: 0 };
    else if (flag === '--help' || flag === '-h') return { says: USAGE, exit: 0 };
    else if (WITH_VALUE.has(flag)) {
      const given = taken();
      if (flag === '--host') host = `${given}${host}`;
      if (flag === '--port') host = `${host}:${given}`;
    } else if (!PLAIN.has(flag)) return { says: `Error parsing command line: unrecognized option: ${args[at]}\n${USAGE}`, exit: 1 };
  }
  const isFile = (text: string): boolean => /\.(js|cjs|mongodb)$/.test(text);
  const address = rest.find((text) => !isFile(text));
  asked.files.push(...rest.filter(isFile));
  for (const text of [address, host && `${host}/`]) {
    const found = text ? addressed(text) : undefined;
    if (found && 'nowhere' in found) return refused(found.nowhere);
    if (found && text === address) asked.database = found.database;
  }
  return asked;
}
