/** An error that nobody caught, printed as Node prints it. */
import type { ProgramError } from '../protocol';
import { inspect } from '../console/inspect';
import { nodeError } from '../node/errors';
import { mapStack, placeOf } from './stack';
import type { World } from './world';

/** The line of code with a caret, and the error below it. */
export function printUncaught(world: World, value: unknown, error: ProgramError): void {
  const lines: string[] = [];
  const stack = typeof value === 'object' && value !== null ? mapStack(value as Error) : '';
  const place = placeOf(stack);
  if (place && !/^\/app\/[^\n]*:\d+\n/.test(stack)) {
    const code = world.files.text(place.path).split('\n')[place.line - 1];
    if (code !== undefined) lines.push(`${place.path}:${place.line}`, code, `${' '.repeat(Math.max(0, place.column - 1))}^`, '');
  }
  const isError = value instanceof Error;
  if (!isError) lines.push('Uncaught:', inspect(value));
  else lines.push(inspect(value).replace(/^\[([\s\S]*)\](?=$| \{)/, '$1'));
  world.console.write('error', `${lines.join('\n')}\n\nNode.js ${world.version}`, error);
  if (error.code === 'MODULE_NOT_FOUND' || error.code === 'ERR_MODULE_NOT_FOUND') {
    const hint = world.moduleHint(error.message);
    if (hint) world.console.system(hint);
  }
}

/** What Node throws for a rejected promise that nobody handled. */
export function rejectionReason(reason: unknown): unknown {
  if (reason instanceof Error) return reason;
  if (typeof reason === 'object' && reason !== null && 'stack' in reason) return reason;
  return nodeError(
    Error,
    'ERR_UNHANDLED_REJECTION',
    'This error originated either by throwing inside of an async function without a catch block, or by rejecting a promise which was ' +
      `not handled with .catch(). The promise rejected with the reason "${inspect(reason)}".`,
  );
}
