/** The text of the expression that an assertion failed in. */
import { parseExpressionAt } from 'acorn';
import { callerPlace } from '../../sandbox/stack';
import type { Program } from '../../sandbox/program';

/** `assert.ok(user)`, as it stands in the program's file; undefined where that cannot be told. */
export function failedExpression(program: Program): string | undefined {
  const place = callerPlace();
  const data = place && program.world.files.node(place.path)?.data;
  if (!place || !data) return undefined;
  const text = new TextDecoder().decode(data);
  const lines = text.split('\n');
  const at = lines.slice(0, place.line - 1).reduce((sum, line) => sum + line.length + 1, 0) + place.column - 1;
  // The place is that of the method's name: what it is a method of stands before.
  const start = at - /[\w$.]*$/.exec(text.slice(0, at))![0].length;
  try {
    const { end } = parseExpressionAt(text, start, { ecmaVersion: 'latest' });
    return dedent(text.slice(start, end), start - (text.lastIndexOf('\n', start - 1) + 1));
  } catch {
    return undefined;
  }
}

/** Further lines stand as far in as they do below the first. */
function dedent(code: string, column: number): string {
  const [first, ...rest] = code.split('\n');
  return [first, ...rest.map((line) => line.slice(Math.min(column, line.length - line.trimStart().length)))].join('\n  ');
}
