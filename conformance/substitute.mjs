/** Answers `http`, Express and its parts with ours, wherever a suite or a package of it asks for them. */
import Module, { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { compiled } from './typescript.mjs';

/** Modules of Node that programs get from the sandbox. */
const NODE = ['http', 'https', 'tls', 'async_hooks', 'diagnostics_channel'];
/** Packages that are ours, and files of them that are private and still asked for. */
const PACKAGES = ['express', 'router', 'body-parser', 'send', 'serve-static', 'finalhandler'];
const PRIVATE = ['express/lib/utils', 'body-parser/lib/utils', 'jsonwebtoken/lib/validateAsymmetricKey', 'nedb/lib/model'];
/** What a suite alone gets from the sandbox too. */
const MORE = { jsonwebtoken: ['crypto'] };

export async function substitute(sandbox, suite, root) {
  const here = new Module(join(import.meta.dirname, 'none.js'));
  here.filename = here.id;
  here.paths = Module._nodeModulePaths(import.meta.dirname);
  const made = new Map();
  const once = (name) => {
    if (!made.has(name)) made.set(name, sandbox.require(name));
    return made.get(name);
  };
  oneBuffer(sandbox);
  forward(sandbox);
  const load = Module._load;
  const find = Module._resolveFilename;
  // Packages that a suite's own folder lacks are those of this one.
  Module._resolveFilename = function (request, parent, ...rest) {
    try {
      return find.call(this, request, parent, ...rest);
    } catch (error) {
      if (/^[./]/.test(request) || error.code !== 'MODULE_NOT_FOUND') throw error;
      return find.call(this, request, here, false);
    }
  };
  /** What of ours answers for a file of a suite that is held against ours: its entry, and private files that others ask for. */
  const ours = (request, parent) => {
    if (!suite.own || !request.startsWith('.') || !parent?.filename?.startsWith(root)) return undefined;
    const part = relative(root, join(dirname(parent.filename), request)).replace(/(?:^index)?(?:\.js)?$/, '');
    if (part === '' || part === suite.own || part === `lib/${suite.own}`) return suite.own;
    return [...PRIVATE, ...made.keys()].find((name) => name === `${suite.own}/${part}`);
  };
  Module._load = function (request, parent, isMain) {
    const name = request.replace(/^node:/, '');
    if (NODE.includes(name) || MORE[suite.name]?.includes(name)) return once(name);
    const own = PACKAGES.includes(request) || made.has(request) ? request : ours(request, parent);
    return own ? once(own) : load.call(this, request, parent, isMain);
  };
  await (suite.database ? adaptDatabase(made, sandbox, suite, root) : adapt(made, sandbox, suite, root));
}

/** Suites of what Express uses inside are held against the engine, without a package of ours in between. */
async function adapt(made, sandbox, suite, root) {
  if (suite.own === 'path-to-regexp') {
    made.set('path-to-regexp', (await import('./adapters/path-to-regexp.mjs')).pathToRegexpOf(sandbox));
    made.set('./index.js', made.get('path-to-regexp'));
    made.set('vitest', (await import('./adapters/vitest.mjs')).vitest());
  }
  if (suite.own === 'jsonwebtoken') (await import('./adapters/jsonwebtoken.mjs')).adapt(made, sandbox);
  if (suite.own === 'qs') {
    const { qsOf } = await import('./adapters/qs.mjs');
    const { asked, qs } = qsOf(sandbox, createRequire(import.meta.url)(root));
    const isOurs = () => {
      const { ours, real } = asked;
      asked.ours = asked.real = 0;
      return ours > 0 && real === 0;
    };
    made.set('qs', qs);
    made.set('tape', (await import('./adapters/tape.mjs')).tapeOf(isOurs));
  }
}

/** Suites of other document databases are held against ours. */
async function adaptDatabase(made, sandbox, suite, root) {
  const { connect } = await import('./adapters/database.mjs');
  const database = connect(sandbox);
  const require = createRequire(import.meta.url);
  if (suite.own === 'mingo') {
    // The database validates by `$jsonSchema` itself.
    made.set('ajv', {});
    const { mingoOf } = await import('./adapters/mingo.mjs');
    const isRunning = () => suite.isRunning;
    const modules = mingoOf(database, (name) => require(compiled(join(root, `src/${name}.ts`), [])), isRunning);
    for (const [name, module] of Object.entries(modules)) {
      for (const up of ['..', '../..', '../../..', '../../../..']) made.set(`${up}/src${name}`, module);
    }
  } else {
    const { modelOf } = await import('./adapters/nedb.mjs');
    made.set('nedb/lib/model', modelOf(database, require(join(root, 'lib/model.js'))));
  }
}

/** In the page there is one Buffer; here there are Node's and the sandbox's, and each takes the other for one. */
function oneBuffer(sandbox) {
  const { Buffer: ours } = sandbox.require('buffer');
  const isNative = Buffer.isBuffer;
  Buffer.prototype._isBuffer = true;
  Buffer.isBuffer = (value) => isNative(value) || ours.isBuffer(value);
}

/** The sandbox's program is the process that a suite runs in; what it does not catch is for mocha to hear. */
function forward(sandbox) {
  const program = sandbox.require('process');
  // Tests set NODE_ENV and go by the folder they were started in.
  Object.defineProperty(program, 'env', { value: process.env });
  program.chdir(process.cwd());
  program.on('uncaughtException', (error) => process.emit('uncaughtException', error));
  program.on('unhandledRejection', (reason) => process.emit('uncaughtException', reason));
}
