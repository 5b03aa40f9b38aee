/** A line of the prompt as JavaScript that keeps its variables for the next line and answers the value it came to. */
import { parse, type Node } from 'acorn';
import { applyEdits } from '../modules/compile';
import { bound, eachChild, FUNCTIONS, type Any } from '../modules/scope';
import { walk, type Edit } from '../modules/walk';
import type { MapPlace } from '../sandbox/stack';

export interface LineCode {
  /** Statements for the body of an async function, which answers `__value`. */
  body: string;
  /** Names that the line declares for the lines after it. */
  names: string[];
  /** Those of them that are declared with `const`. */
  constants: string[];
  /** Names that it gives a value without declaring them. */
  assigned: string[];
  back: MapPlace;
}

/** Why a text is no code. `incomplete`: more lines may make it one. */
export interface LineProblem {
  message: string;
  /** 1-based. */
  line: number;
  column: number;
  incomplete: boolean;
}

interface AcornError {
  message: string;
  pos: number;
  loc: { line: number; column: number };
}

/** What a line may say before more must come (as Node's own prompt decides it). */
function isIncomplete(text: string, { message, pos }: AcornError): boolean {
  if (/^Unterminated (template|comment)/.test(message)) return true;
  return pos >= text.trimEnd().length && /^Unexpected token/.test(message);
}

function read(text: string): Any | LineProblem {
  try {
    return parse(text, { ecmaVersion: 'latest', sourceType: 'script', allowAwaitOutsideFunction: true, allowHashBang: true, locations: true }) as Node as Any;
  } catch (error) {
    const { message, loc } = error as AcornError;
    return { message: message.replace(/ \(\d+:\d+\)$/, ''), line: loc.line, column: loc.column + 1, incomplete: isIncomplete(text, error as AcornError) };
  }
}

const isProblem = (found: Any | LineProblem): found is LineProblem => 'incomplete' in found;

/** An edit with its rank among those at the same place: what ends comes before what begins. */
type Ranked = Edit & { rank: number };

function keepDeclaration(node: Any, text: string, names: Set<string>, edits: Ranked[]): void {
  const declarators = node.declarations as Any[];
  bound(node, names);
  const first = declarators[0]!;
  edits.push({ at: node.start, remove: first.start - node.start, insert: ';(', rank: 3 });
  declarators.forEach((declarator, index) => {
    if (index > 0) edits.push({ at: declarator.start, remove: 0, insert: '(', rank: 3 });
    edits.push({ at: declarator.end, remove: 0, insert: declarator.init ? ')' : ' = undefined)', rank: 0 });
  });
  if (text[node.end - 1] !== ';') edits.push({ at: node.end, remove: 0, insert: ';', rank: 1 });
}

/** A `var` in a block or the head of a loop belongs to the line, as it belongs to a function. */
function keepVar(node: Any, parent: Any, names: Set<string>, edits: Ranked[]): void {
  const declarators = node.declarations as Any[];
  const first = declarators[0]!;
  bound(node, names);
  if (/^For(In|Of)Statement$/.test(parent.type)) {
    edits.push({ at: node.start, remove: first.start - node.start, insert: '', rank: 3 });
    return;
  }
  // Not a bracket: it would make a call of a line above that has no semicolon.
  edits.push({ at: node.start, remove: first.start - node.start, insert: 'void (', rank: 3 });
  declarators.forEach((declarator, index) => {
    if (index > 0) edits.push({ at: declarator.start, remove: 0, insert: '(', rank: 3 });
    edits.push({ at: declarator.end, remove: 0, insert: declarator.init ? ')' : ` = ${(declarator.id as { name?: string }).name})`, rank: 0 });
  });
}

/** Turns what stands at the top level of a line into assignments to names that outlive it. */
export function rewriteLine(given: string): LineCode | LineProblem {
  // An object literal, as Node's prompt takes it: not a block.
  const wrapped = /^\s*\{/.test(given) && !/;\s*$/.test(given) ? read(`(${given}\n)`) : undefined;
  const isObject = wrapped !== undefined && !isProblem(wrapped);
  const text = (isObject ? `(${given}\n)` : given).replace(/^#!/, '//');
  const tree = isObject ? wrapped : read(text);
  if (isProblem(tree)) return tree;

  const names = new Set<string>();
  const constants = new Set<string>();
  const assigned = new Set<string>();
  const functions: string[] = [];
  const edits: Ranked[] = walk(tree, text, false).edits.map((edit) => ({ ...edit, rank: edit.insert === '}' ? 1 : 2 }));

  for (const statement of tree.body as Any[]) {
    const name = (statement.id as { name?: string } | undefined)?.name ?? '';
    if (statement.type === 'VariableDeclaration') {
      keepDeclaration(statement, text, names, edits);
      if (statement.kind === 'const') bound(statement, constants);
    }
    else if (statement.type === 'FunctionDeclaration') functions.push(name);
    else if (statement.type === 'ClassDeclaration') {
      names.add(name);
      edits.push({ at: statement.start, remove: 0, insert: `;(${name} = `, rank: 3 }, { at: statement.end, remove: 0, insert: ');', rank: 0 });
    }
  }

  function visit(node: Any, parent?: Any): void {
    if (node.type === 'VariableDeclaration' && node.kind === 'var' && parent !== tree) keepVar(node, parent!, names, edits);
    if (FUNCTIONS.has(node.type) || /^Class/.test(node.type)) return;
    if (node.type === 'ExpressionStatement') {
      const expression = node.expression as Any;
      edits.push({ at: expression.start, remove: 0, insert: '__value = (', rank: 3 }, { at: expression.end, remove: 0, insert: ')', rank: 0 });
      if (expression.type === 'AssignmentExpression') bound(expression.left, assigned);
    }
    eachChild(node, (child) => visit(child, node));
  }
  visit(tree);

  edits.sort((a, b) => a.at - b.at || a.rank - b.rank);
  const { text: body, back } = applyEdits(text, edits);
  const kept = [...new Set(functions)];
  const head = kept.length > 0 ? `__keep({ ${kept.join(', ')} });` : '';
  return {
    body: head + body,
    names: [...names],
    constants: [...constants],
    assigned: [...assigned],
    back: (line, column) => back(line, line === 1 ? Math.max(1, column - head.length - (isObject ? 1 : 0)) : column),
  };
}

/** A syntax error with the line it is in, as mongosh frames it. */
export function framedProblem(text: string, { message, line, column }: LineProblem): string {
  const lines = text.split('\n');
  const shown = lines.map((code, at) => `${at + 1 === line ? '>' : ' '} ${at + 1} | ${code}`).slice(Math.max(0, line - 3), line + 2);
  const at = shown.findIndex((code) => code.startsWith('>'));
  if (at >= 0) shown.splice(at + 1, 0, `${' '.repeat(String(line).length + 2)} | ${' '.repeat(column - 1)}^`);
  return `${message} (${line}:${column - 1})\n\n${shown.join('\n')}`;
}
