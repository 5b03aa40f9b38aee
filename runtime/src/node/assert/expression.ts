/** The text of the expression that an assertion failed in. */
import { treeOf } from '../../modules/compile';
import { eachChild, type Any } from '../../modules/scope';
import { callerPlace } from '../../sandbox/stack';
import type { Program } from '../../sandbox/program';

/** `assert.ok(user)`, as it stands in the program's file; undefined where that cannot be told. */
export function failedExpression(program: Program): string | undefined {
  const place = callerPlace();
  const text = place && program.world.files.text(place.path);
  const tree = text && treeOf(place.path, text);
  if (!place || !text || !tree) return undefined;
  const at = text.split('\n').slice(0, place.line - 1).reduce((sum, line) => sum + line.length + 1, 0) + place.column - 1;
  let call: Any | undefined;
  const look = (node: Any): void => {
    if (at < node.start || at >= node.end) return;
    if (node.type === 'CallExpression') call = node;
    eachChild(node, look);
  };
  look(tree as Any);
  return call && dedent(text.slice(call.start, call.end), call.start - (text.lastIndexOf('\n', call.start - 1) + 1));
}

/** Further lines stand as far in as they do below the first. */
function dedent(code: string, column: number): string {
  const [first, ...rest] = code.split('\n');
  return [first, ...rest.map((line) => line.slice(Math.min(column, line.length - line.trimStart().length)))].join('\n  ');
}
