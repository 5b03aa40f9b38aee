/** Walks an ESTree once and notes what the loader has to rewrite. */
import type { Node } from 'acorn';

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

type Any = Node & Record<string, unknown>;

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);
const LOOPS = new Set(['WhileStatement', 'DoWhileStatement', 'ForStatement', 'ForInStatement', 'ForOfStatement']);
/** What CommonJS modules have and ES modules do not. */
const COMMONJS = new Set(['require', 'module', 'exports', '__dirname', '__filename']);

const isNode = (value: unknown): value is Any => typeof (value as Any | null)?.type === 'string';

function nameOf(node: unknown): string {
  const { name, value } = node as { name?: string; value?: string };
  return name ?? String(value);
}

/** Names that a declaration binds. */
function bound(pattern: unknown, names: string[]): void {
  if (!isNode(pattern)) return;
  if (pattern.type === 'Identifier') names.push(nameOf(pattern));
  else for (const key of ['left', 'argument', 'value', 'elements', 'properties', 'declarations', 'id']) {
    const child = pattern[key];
    if (key === 'value' && pattern.type !== 'Property') continue;
    if (Array.isArray(child)) for (const item of child) bound(item, names);
    else bound(child, names);
  }
}

export function walk(root: Node, isModule: boolean): Findings {
  const found: Findings = { edits: [], topLevelAwait: false, imports: [], exports: [] };
  const declared = new Set<string>();
  const free: { node: Any; parent: Any | undefined; key: string }[] = [];

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

  function visit(node: Any, parent: Any | undefined, key: string, depth: number): void {
    const type = node.type as string;
    if (LOOPS.has(type)) loop(node);
    if (type === 'ImportExpression') found.edits.push({ at: node.start, remove: 6, insert: '__import' });
    if (type === 'MetaProperty' && nameOf(node.meta) === 'import') {
      found.edits.push({ at: node.start, remove: node.end - node.start, insert: '__meta' });
    }
    if (depth === 0 && (type === 'AwaitExpression' || (type === 'ForOfStatement' && node.await === true))) {
      found.topLevelAwait = true;
    }
    if (isModule) moduleItem(node);
    if (type === 'Identifier' && isModule && COMMONJS.has(nameOf(node))) identifier(node, parent, key);
    const inner = FUNCTIONS.has(type) || type === 'PropertyDefinition' || type === 'StaticBlock' ? depth + 1 : depth;
    for (const child of Object.keys(node)) {
      const value = node[child];
      if (Array.isArray(value)) {
        for (const item of value) if (isNode(item)) visit(item, node, child, inner);
      } else if (isNode(value)) visit(value, node, child, inner);
    }
  }

  function identifier(node: Any, parent: Any | undefined, key: string): void {
    if (!parent) return;
    const type = parent.type as string;
    if (type === 'MemberExpression' && key === 'property' && parent.computed !== true) return;
    if ((type === 'Property' || type === 'MethodDefinition' || type === 'PropertyDefinition') && key === 'key' && parent.computed !== true) return;
    if (/Specifier$|LabeledStatement|BreakStatement|ContinueStatement/.test(type)) return;
    if (key === 'id' || key === 'params' || (type === 'AssignmentPattern' && key === 'left')) declared.add(nameOf(node));
    free.push({ node, parent, key });
  }

  function moduleItem(node: Any): void {
    const type = node.type as string;
    const source = node.source as Any | null | undefined;
    if (type === 'ImportDeclaration' || (source && /^Export/.test(type))) {
      const names = ((node.specifiers as Any[] | undefined) ?? []).flatMap((specifier) => {
        if (specifier.type === 'ImportDefaultSpecifier') return ['default'];
        if (specifier.type === 'ImportNamespaceSpecifier') return [];
        return [nameOf(type === 'ImportDeclaration' ? specifier.imported : specifier.local)];
      });
      found.imports.push({ specifier: String((source as Any).value), names });
    }
    if (type === 'ExportDefaultDeclaration') found.exports.push('default');
    if (type === 'ExportAllDeclaration') found.exports.push(node.exported ? nameOf(node.exported) : '*');
    if (type === 'ExportNamedDeclaration') {
      for (const specifier of (node.specifiers as Any[]) ?? []) found.exports.push(nameOf(specifier.exported));
      bound(node.declaration, found.exports);
    }
  }

  visit(root as Any, undefined, '', 0);
  for (const { node, parent, key } of free) {
    const name = nameOf(node);
    const shorthand = parent?.type === 'Property' && parent.shorthand === true && key === 'value';
    const prefix = shorthand ? `${name}:` : '';
    const insert = declared.has(name)
      ? `${prefix}$${name}`
      : parent?.type === 'UnaryExpression' && parent.operator === 'typeof'
        ? 'undefined'
        : `${prefix}__absent("${name}")`;
    found.edits.push({ at: node.start, remove: node.end - node.start, insert });
  }
  found.edits.sort((a, b) => a.at - b.at);
  return found;
}
