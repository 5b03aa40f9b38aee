/** The console prompt: one line of code in the program's world, its value inspected. */
import { inspect } from '../console/inspect';
import type { Program } from './program';
import { toProgramError } from './stack';
import type { World } from './world';

const indirectEval = eval;

/** An expression if it parses as one, else statements; `await` is allowed. */
function compileLine(names: string[], code: string): (...values: unknown[]) => Promise<unknown> {
  const head = `(async function (${names.join(',')}) {`;
  try {
    return indirectEval(`${head} return (${code.replace(/;\s*$/, '')}\n); })`) as (...values: unknown[]) => Promise<unknown>;
  } catch {
    const shared = code.replace(/^\s*(?:const|let|var)\s+(?=[A-Za-z_$][\w$]*\s*=)/, 'globalThis.');
    return indirectEval(`${head} ${shared}\n })`) as (...values: unknown[]) => Promise<unknown>;
  }
}

export async function evaluateLine(world: World, program: Program, code: string): Promise<string> {
  const { globals } = program.loader;
  world.console.note('input', code);
  program.usesPromises = true;
  const require = program.loader.makeRequire(program.loader.makeModule('/app/[console]', null));
  const work = new Promise<unknown>((resolve, reject) => {
    program.post(() => {
      try {
        const run = compileLine([...globals.names, 'require', '__tick'], code);
        run(...globals.values(), require, program.guard.ticker('/app/console')).then(resolve, reject);
      } catch (error) {
        reject(error as Error);
      }
    });
  });
  try {
    const text = inspect(await work);
    world.console.note('result', text);
    return text;
  } catch (error) {
    const { name, message } = toProgramError(error);
    const text = `Uncaught ${name}: ${message}`;
    world.console.note('error', text);
    return text;
  }
}
