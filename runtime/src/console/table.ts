/** console.table as Node draws it. */
import { inspect } from './inspect';

const show = (value: unknown): string =>
  inspect(value, { maxArrayLength: 3, breakLength: Infinity, colors: false, depth: typeof value === 'object' && value !== null && Object.keys(value).length > 2 ? -1 : 0 });

function width(text: string): number {
  return [...text].length;
}

function draw(head: string[], columns: string[][]): string {
  const rows = Math.max(0, ...columns.map((column) => column.length));
  const widths = columns.map((column, index) => Math.max(width(head[index]!), ...column.map(width)) + 2);
  const line = (left: string, middle: string, right: string): string => left + widths.map((size) => '─'.repeat(size)).join(middle) + right;
  const row = (cells: string[]): string =>
    `│${cells
      .map((cell, index) => ` ${cell}${' '.repeat(widths[index]! - width(cell) - 1)}`)
      .join('│')}│`;
  const lines = [line('┌', '┬', '┐'), row(head), line('├', '┼', '┤')];
  for (let index = 0; index < rows; index += 1) lines.push(row(columns.map((column) => column[index] ?? '')));
  lines.push(line('└', '┴', '┘'));
  return lines.join('\n');
}

/** The table as text; undefined when the data is no object. */
export function table(data: unknown, properties?: string[]): string | undefined {
  if (data === null || typeof data !== 'object') return undefined;
  const isMap = data instanceof Map;
  const isSet = data instanceof Set;
  const rows: [string, unknown][] = isMap
    ? [...data].map(([key, value], index) => [String(index), { Key: key, Values: value }])
    : isSet
      ? [...data].map((value, index) => [String(index), value])
      : Object.entries(data);
  const names: string[] = [];
  let values = false;
  for (const [, row] of rows) {
    if (row === null || typeof row !== 'object') values = true;
    else for (const key of properties ?? Object.keys(row)) if (!names.includes(key)) names.push(key);
  }
  const index = isMap || isSet ? '(iteration index)' : '(index)';
  const head = [index, ...names, ...(values ? ['Values'] : [])];
  const cells = (name: string): string[] =>
    rows.map(([, row]) => (row !== null && typeof row === 'object' && Object.hasOwn(row, name) ? show((row as Record<string, unknown>)[name]) : ''));
  const columns = [rows.map(([key]) => key), ...names.map(cells)];
  if (values) columns.push(rows.map(([, row]) => (row === null || typeof row !== 'object' ? show(row) : '')));
  return draw(head, columns);
}
