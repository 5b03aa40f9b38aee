/** Packages that learner code can require without files: those of the runtime, the packs of the build, and those a sandbox was given. */
import { makeBcrypt, makeBcryptJs } from '../node/bcrypt';
import { makeDotenv } from '../node/dotenv';
import { makeJsonWebToken, type AuthFunctions } from '../node/jsonwebtoken';
import { validateAsymmetricKey } from '../node/jwt/keys';
import type { Mail } from '../protocol';
import type { Program } from '../sandbox/program';
import { current } from '../sandbox/realm';
import type { Packages } from '../express';
import { expressPackage } from './express';
import { ENGINE_PACKS } from './engine-packs';
import type { Loader } from './loader';

const overEngine = (make: (program: Program, engine: AuthFunctions) => object) => ({ program }: Loader): unknown => {
  const { engine } = program.world.options;
  return engine && make(program, engine.functions);
};

const ofExpress = (name: keyof Packages) => (loader: Loader): unknown => {
  const { engine } = loader.program.world.options;
  return engine && expressPackage(loader, engine, name);
};

/** Each answers undefined when the sandbox lacks what it needs. */
const OWN: Record<string, (loader: Loader) => unknown> = {
  express: ofExpress('express'),
  'express/lib/utils': ofExpress('express/lib/utils'),
  router: ofExpress('router'),
  'body-parser': ofExpress('body-parser'),
  'body-parser/lib/utils': ofExpress('body-parser/lib/utils'),
  send: ofExpress('send'),
  'serve-static': ofExpress('serve-static'),
  finalhandler: ofExpress('finalhandler'),
  bcrypt: overEngine(makeBcrypt),
  bcryptjs: overEngine(makeBcryptJs),
  jsonwebtoken: overEngine(makeJsonWebToken),
  'jsonwebtoken/lib/validateAsymmetricKey': () => validateAsymmetricKey,
  dotenv: (loader) => makeDotenv(loader.program),
  'dotenv/config': (loader) => {
    (loader.pack('dotenv')!.exports as { config: () => unknown }).config();
    return {};
  },
};

export function packNames(): string[] {
  return [...Object.keys(OWN), ...Object.keys(PACKS)].filter((name) => !name.includes('/'));
}

/** What packs ask for that no program can. */
const INNER: Record<string, (loader: Loader) => unknown> = {
  /** A promise with its functions; who awaits it goes on in a task of the request that asked for it. */
  'backlab:resolvers': ({ program }) => () => {
    const { trace, stores } = current;
    const { promise, resolve, reject } = resolvers<unknown>();
    const later = (settle: (value: unknown) => void) => (value: unknown) => program.post(() => settle(value), trace, stores);
    return { promise, resolve: later(resolve), reject: later(reject) };
  },
  'backlab:outbox': ({ program }) => (mail: Mail) => program.world.deliver(mail),
};

function resolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (error: unknown) => void } {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((...functions) => ([resolve, reject] = functions));
  return { promise, resolve, reject };
}

/** Makes the exports of a package for one program; undefined when it is not offered. */
export function makePack(loader: Loader, name: string): { exports: unknown } | undefined {
  const require = (specifier: string): unknown => {
    if (loader.isBuiltin(specifier)) return loader.builtin(specifier);
    if (INNER[specifier]) return INNER[specifier](loader);
    const pack = loader.pack(specifier);
    if (!pack) throw Object.assign(new Error(`Cannot find module '${specifier}'`), { code: 'MODULE_NOT_FOUND' });
    return pack.exports;
  };
  const given = loader.program.world.options.packages?.[name];
  if (typeof given === 'string') return { exports: loader.runPack(given, require) };
  if (given) return { exports: given(require) };
  const own = OWN[name]?.(loader);
  if (own !== undefined) return { exports: own };
  const text = name in PACKS || name in ENGINE_PACKS ? loader.program.world.options.pack?.(name) : undefined;
  return text === undefined ? undefined : { exports: loader.runPack(text, require) };
}
