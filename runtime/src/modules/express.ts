/** Makes `express` and its parts for one program: the objects of `../express` over the engine and this program's Node modules. */
import { inspect } from '../console/inspect';
import { createPackages, Recorder, type Deps, type Packages, type RecorderHost } from '../express';
import { kHeaders } from '../node/http/outgoing';
import type { ServerResponse } from '../node/http/response';
import { HttpSocket } from '../node/http/socket';
import type { AuthFunctions } from '../node/jsonwebtoken';
import { ExitSignal } from '../sandbox/program';
import { current } from '../sandbox/realm';
import { callerPlace, projectFile, toProgramError } from '../sandbox/stack';
import type { Loader } from './loader';

/** An initialised engine: the functions of its glue, and the memory that `initSync` answered. */
export interface EngineModule {
  functions: Deps['engine'] & AuthFunctions;
  memory: Deps['memory'];
}

function recorderOf(host: RecorderHost, req: object): Recorder | undefined {
  const live = HttpSocket.traced((req as { socket?: unknown }).socket);
  if (!live || live.done) return live?.recorder;
  if (!live.recorder) {
    live.claimed = true;
    live.recorder = new Recorder(req, live.response!, host);
  }
  return live.recorder;
}

const made = new WeakMap<Loader, Packages>();

/** One Express for a program, however its parts are asked for. */
export function expressPackage(loader: Loader, engine: EngineModule, name: keyof Packages): unknown {
  let packages = made.get(loader);
  if (!packages) made.set(loader, (packages = makePackages(loader, engine)));
  return packages[name];
}

function makePackages(loader: Loader, engine: EngineModule): Packages {
  const { program } = loader;
  const { globals } = loader;
  const { clock } = program.world;
  const recording: RecorderHost = {
    now: () => clock.now(),
    current,
    inspect: (value) => inspect(value, { depth: 2, breakLength: Infinity }),
    describe: (error) => (error instanceof ExitSignal ? undefined : toProgramError(error)),
    definition(handle) {
      const place = loader.definitionOf(handle);
      return place && { file: projectFile(place.path), line: place.line, lastLine: place.lastLine };
    },
    headers: (response) => (response as ServerResponse)[kHeaders] ?? undefined,
  };
  return createPackages({
    http: loader.builtin('http') as Deps['http'],
    fs: loader.builtin('fs') as Deps['fs'],
    path: loader.builtin('path') as Deps['path'],
    EventEmitter: loader.builtin('events') as Deps['EventEmitter'],
    Buffer: globals.values()[globals.names.indexOf('Buffer')] as Deps['Buffer'],
    process: program.process as unknown as Deps['process'],
    setImmediate: program.timers.setImmediate as Deps['setImmediate'],
    console: globals.values()[globals.names.indexOf('console')] as Deps['console'],
    engine: engine.functions,
    memory: engine.memory,
    crypto: loader.builtin('crypto') as NonNullable<Deps['crypto']>,
    zlib: loader.builtin('zlib') as NonNullable<Deps['zlib']>,
    now: () => Math.floor(program.world.clock.now()),
    bind: (loader.builtin('async_hooks') as { AsyncResource: { bind: NonNullable<Deps['bind']> } }).AsyncResource.bind,
    require: (name) => loader.require(name, loader.makeModule('/app/[express]', null)),
    callSite() {
      const place = callerPlace();
      return place && { file: projectFile(place.path), line: place.line, column: place.column };
    },
    tracer: { of: (req) => recorderOf(recording, req) },
  });
}
