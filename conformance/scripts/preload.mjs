/** Loaded before one of Node's own scripts: answers the modules that it asks for itself with the sandbox's. */
import Module from 'node:module';
import { join, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

const { RUNTIME: runtime, MODULES: modules } = process.env;
const [script] = process.argv.slice(1);
const folder = resolve(script, '..') + sep;
const ours = new Set(modules.split(','));
const { createSandbox } = await import(pathToFileURL(join(resolve(runtime), 'index.js')).href);
const sandbox = await createSandbox({ files: {}, entry: 'none.js', env: process.env });

const load = Module._load;
// The harness beside the scripts (`../common`) keeps Node's own modules.
Module._load = function (request, parent, isMain) {
  const name = request.replace(/^node:/, '');
  if (ours.has(name) && parent?.filename?.startsWith(folder)) return sandbox.require(name);
  return load.call(this, request, parent, isMain);
};
if (ours.has('buffer')) globalThis.Buffer = sandbox.require('buffer').Buffer;
// What a script puts off goes into one queue with what the modules put off.
const { promises, ...timers } = sandbox.require('timers');
Object.assign(globalThis, timers);

// The sandbox's program stands for the process: what it does not catch ends the script as in Node.
const program = sandbox.require('process');
process.nextTick = program.nextTick;
program.on('warning', (warning) => process.emitWarning(warning));
for (const event of ['uncaughtException', 'unhandledRejection']) {
  program.on(event, (error) => {
    if (process.listenerCount('uncaughtException') > 0) return process.emit('uncaughtException', error, event);
    console.error(error);
    return process.exit(1);
  });
}
