/** Walks an ESTree once and notes what the loader has to rewrite. */
import type { Node } from 'acorn';
import { lower } from './lower';
import { eachChild, FUNCTIONS, nameOf, type Any } from './scope';
import { keepStores } from './keep-stores';

/** A replacement in one line of source: `remove` characters at `at` by `insert`, which holds no line feed. */
export interface Edit {
  at: number;
  remove: number;
  insert: string;
}

export interface Findings {
  edits: Edit[];
  /** `await` outside every function. */
  topLevelAwait: boolean;
  /** Specifiers of static imports and re-exports, in order, with the names they ask for. */
  imports: { specifier: string; names: string[] }[];
  /** Names that the module exports itself; `*` for `export * from`. */
  exports: string[];
}

/** What ends something goes before what begins, the inner before the outer. */
const closing = ({ insert, remove }: Edit): number => (remove > 0 ? 2 : insert === ')' ? 0 : insert === '}' ? 1 : 2);

const LOOPS = new Set(['WhileStatement', 'DoWhileStatement', 'ForStatement', 'ForInStatement', 'ForOfStatement']);

/** `keepsStores`: what AsyncLocalStorage holds comes back after each `await`. */
export function walk(root: Node, text: string, isModule: boolean, keepsStores = false): Findings {
  const found: Findings = { edits: [], topLevelAwait: false, imports: [], exports: [] };

  function loop(node: Any): void {
    const body = node.body as Any;
    const line = body.loc?.start.line ?? 1;
    const start = node.loc?.start.line ?? line;
    if (body.type === 'BlockStatement') found.edits.push({ at: body.start + 1, remove: 0, insert: `__tick(${start});` });
    else {
      found.edits.push({ at: body.start, remove: 0, insert: `{__tick(${start});` });
      found.edits.push({ at: body.end, remove: 0, insert: '}' });
    }
  }

  function visit(node: Any, depth: number): void {
    const type = node.type as string;
    if (LOOPS.has(type)) loop(node);
    if (type === 'ImportExpression') found.edits.push({ at: node.start, remove: 6, insert: '__import' });
    if (type === 'MetaProperty' && nameOf(node.meta) === 'import') {
      found.edits.push({ at: node.start, remove: node.end - node.start, insert: '__meta' });
    }
    if (depth === 0 && (type === 'AwaitExpression' || (type === 'ForOfStatement' && node.await === true))) {
      found.topLevelAwait = true;
    }
    const inner = FUNCTIONS.has(type) || type === 'PropertyDefinition' || type === 'StaticBlock' ? depth + 1 : depth;
    eachChild(node, (child) => visit(child, inner));
  }

  visit(root as Any, 0);
  if (keepsStores) keepStores(root as Any, found.edits);
  if (isModule) lower(root as Any, text, found);
  found.edits.sort((a, b) => a.at - b.at || closing(a) - closing(b));
  return found;
}
