/** The packages `bcrypt` and `bcryptjs` over the engine: each call at once, with a callback or with a promise. */
import type { Program } from '../sandbox/program';
import { Buffer } from './buffer';
import type { AuthFunctions } from './jsonwebtoken';

type Done = (error: Error | null, value?: unknown) => void;
type Sync = (...args: unknown[]) => unknown;

const ROUNDS = 10;
const encoded = (data: unknown): Uint8Array => (typeof data === 'string' ? Buffer.from(data, 'utf8') : (data as Uint8Array));
const isData = (data: unknown): boolean => typeof data === 'string' || data instanceof Uint8Array;

/** How a package words its refusals. */
interface Wording {
  rounds(given: unknown): string | undefined;
  hash(data: unknown, salt: unknown): string | undefined;
  compare(data: unknown, hash: unknown): string | undefined;
  getRounds(hash: unknown): string | undefined;
  /** What a callback is given for no error. */
  readonly fine: null | undefined;
}

const OF_BCRYPT: Wording = {
  fine: undefined,
  rounds: (given) => (typeof given === 'number' ? undefined : 'rounds must be a number'),
  hash(data, salt) {
    if (data === undefined || data === null || salt === undefined || salt === null) return 'data and salt arguments required';
    if (isData(data) && (typeof salt === 'string' || typeof salt === 'number')) return undefined;
    return 'data must be a string or Buffer and salt must either be a salt string or a number of rounds';
  },
  compare(data, hash) {
    if (data === undefined || data === null || hash === undefined || hash === null) return 'data and hash arguments required';
    return isData(data) && typeof hash === 'string' ? undefined : 'data must be a string or Buffer and hash must be a string';
  },
  getRounds(hash) {
    if (hash === undefined || hash === null) return 'hash argument required';
    return typeof hash === 'string' ? undefined : 'hash must be a string';
  },
};

const illegal = (fits: boolean, ...given: unknown[]): string | undefined => (fits ? undefined : `Illegal arguments: ${given.map((one) => typeof one).join(', ')}`);
const OF_BCRYPTJS: Wording = {
  fine: null,
  rounds: (given) => illegal(typeof given === 'number', given),
  hash: (data, salt) => illegal(typeof data === 'string' && (typeof salt === 'string' || typeof salt === 'number'), data, salt),
  compare: (data, hash) => illegal(typeof data === 'string' && typeof hash === 'string', data, hash),
  getRounds: (hash) => illegal(typeof hash === 'string', hash),
};

function refuse(message: string | undefined): void {
  if (message !== undefined) throw new Error(message);
}

function makeFunctions(program: Program, engine: AuthFunctions, wording: Wording) {
  const { random } = program.world;

  function genSaltSync(given?: unknown, kind?: unknown): string {
    const [rounds, minor] = [given ?? ROUNDS, kind ?? 'b'];
    refuse(wording.rounds(rounds));
    if (minor !== 'a' && minor !== 'b') throw new Error('minor must be either "a" or "b"');
    const salt = engine.bcryptSalt(Math.max(0, rounds as number), random.fill(new Uint8Array(16)));
    return `$2${minor}${salt.slice(3)}`;
  }
  function hashSync(data: unknown, salt: unknown = ROUNDS): string {
    refuse(wording.hash(data, salt));
    const text = typeof salt === 'number' ? genSaltSync(salt) : (salt as string);
    let hash: string;
    try {
      hash = engine.bcryptHash(encoded(data), text);
    } catch (error) {
      throw new Error((error as Error).message);
    }
    return text.slice(0, 4) + hash.slice(4);
  }
  function compareSync(data: unknown, hash: unknown): boolean {
    refuse(wording.compare(data, hash));
    return engine.bcryptVerify(encoded(data), hash as string);
  }
  function getRounds(hash: unknown): number {
    refuse(wording.getRounds(hash));
    try {
      return engine.bcryptRounds(hash as string);
    } catch (error) {
      throw new Error((error as Error).message);
    }
  }

  /** With a function among the arguments it is called, else a promise is answered. */
  const later = (work: Sync) => (...args: unknown[]): Promise<unknown> | undefined => {
    const at = args.findIndex((one) => typeof one === 'function');
    const given = at < 0 ? args : args.slice(0, at);
    const promise = new Promise<unknown>((resolve, reject) => {
      program.post(() => {
        try {
          resolve(work(...given));
        } catch (error) {
          reject(error as Error);
        }
      });
    });
    if (at < 0) return promise;
    const done = args[at] as Done;
    promise.then((value) => program.post(() => done(wording.fine as null, value)), (error: Error) => program.post(() => done(error)));
    return undefined;
  };

  return { genSaltSync, hashSync, compareSync, getRounds, genSalt: later(genSaltSync), hash: later(hashSync as Sync), compare: later(compareSync) };
}

/** What `require('bcrypt')` gives. */
export function makeBcrypt(program: Program, engine: AuthFunctions): object {
  const { hashSync, hash, compareSync, compare, ...rest } = makeFunctions(program, engine, OF_BCRYPT);
  type Later = (...args: unknown[]) => Promise<unknown> | undefined;
  /** A callback in place of an argument, or something in place of a callback, is told in words of its own. */
  const strict = (work: Later, missing: string): Later => (...args) => {
    const at = args.findIndex((one) => typeof one === 'function');
    if (at === 0 || at === 1) return void program.nextTick(() => (args[at] as Done)(new Error(missing)));
    if (args[2] && at < 0) return Promise.reject(new Error('cb must be a function or null to return a Promise'));
    return work(args[0], args[1] ?? null, ...args.slice(2));
  };
  return {
    ...rest,
    compareSync,
    // Unlike bcryptjs, it has no default for the salt.
    hashSync: (data: unknown, salt?: unknown) => hashSync(data, salt ?? null),
    hash: strict(hash, 'data must be a string or Buffer and salt must either be a salt string or a number of rounds'),
    compare: strict(compare, 'data and hash arguments required'),
  };
}

/** Characters of a hash, and of the salt that it begins with. */
const HASH_LENGTH = 60;
const SALT_LENGTH = 29;
/** Bytes of a password that count. */
const COUNTED = 72;

/** What `require('bcryptjs')` gives. */
export function makeBcryptJs(program: Program, engine: AuthFunctions): object {
  return {
    ...makeFunctions(program, engine, OF_BCRYPTJS),
    getSalt(hash: unknown): string {
      refuse(OF_BCRYPTJS.getRounds(hash));
      const { length } = hash as string;
      if (length !== HASH_LENGTH) throw new Error(`Illegal hash length: ${length} != ${HASH_LENGTH}`);
      return (hash as string).slice(0, SALT_LENGTH);
    },
    truncates: (password: string) => encoded(password).length > COUNTED,
  };
}
