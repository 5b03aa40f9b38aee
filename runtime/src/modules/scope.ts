/** Which identifiers of an ES module refer to its own top level, or to nothing in the file (ECMA-262, 8.2 and 16.2). */
import type { Node } from 'acorn';

export type Any = Node & Record<string, unknown>;

export const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

export const isNode = (value: unknown): value is Any => typeof (value as Any | null)?.type === 'string';

export function nameOf(node: unknown): string {
  const { name, value } = node as { name?: string; value?: string };
  return name ?? String(value);
}

export function eachChild(node: Any, visit: (child: Any, key: string) => void): void {
  for (const key of Object.keys(node)) {
    const value = node[key];
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) visit(item, key);
    } else if (isNode(value)) visit(value, key);
  }
}

/** Names that a declaration or a pattern binds. */
export function bound(pattern: unknown, names: { add(name: string): unknown }): void {
  if (!isNode(pattern)) return;
  if (pattern.type === 'Identifier') names.add(nameOf(pattern));
  else if (pattern.type === 'Property') bound(pattern.value, names);
  else if (pattern.type === 'AssignmentPattern') bound(pattern.left, names);
  else for (const key of ['argument', 'elements', 'properties', 'declarations', 'id']) {
    const child = pattern[key];
    if (Array.isArray(child)) for (const item of child) bound(item, names);
    else bound(child, names);
  }
}

/** `let`, `const`, `class` and functions directly among statements. */
function lexical(statements: unknown, names: Set<string>): void {
  for (const statement of (Array.isArray(statements) ? statements : [statements]) as (Any | null)[]) {
    const kept = statement && /^Export(Named|Default)/.test(statement.type) ? (statement.declaration as Any | null) : statement;
    if (kept?.type === 'VariableDeclaration' ? kept.kind !== 'var' : /^(Class|Function)Declaration$/.test(kept?.type ?? '')) {
      bound(kept!.type === 'VariableDeclaration' ? kept : kept!.id, names);
    }
  }
}

/** `var`, however deep, but not in functions inside. */
function vars(node: Any, names: Set<string>): void {
  eachChild(node, (child) => {
    if (FUNCTIONS.has(child.type) || child.type === 'StaticBlock') return;
    if (child.type === 'VariableDeclaration' && child.kind === 'var') bound(child, names);
    vars(child, names);
  });
}

/** Names of the scope that a node opens, or undefined when it opens none. */
function declared(node: Any): Set<string> | undefined {
  const names = new Set<string>();
  const type = node.type as string;
  if (FUNCTIONS.has(type)) {
    if (type === 'FunctionExpression') bound(node.id, names);
    for (const parameter of node.params as Any[]) bound(parameter, names);
    vars(node.body as Any, names);
  } else if (type === 'ClassDeclaration' || type === 'ClassExpression') bound(node.id, names);
  else if (type === 'BlockStatement') lexical(node.body, names);
  else if (type === 'Program' || type === 'StaticBlock') {
    lexical(node.body, names);
    vars(node, names);
  } else if (type === 'ForStatement') lexical(node.init, names);
  else if (type === 'ForInStatement' || type === 'ForOfStatement') lexical(node.left, names);
  else if (type === 'SwitchStatement') for (const item of node.cases as Any[]) lexical(item.consequent, names);
  else if (type === 'CatchClause') bound(node.param, names);
  else return undefined;
  return names;
}

/** Where an identifier stands: its ancestors, nearest last. */
export type Reference = { node: Any; key: string; parents: readonly Any[] };

/** Names a property, a label or a specifier rather than a variable. */
function isLabel(parent: Any, key: string): boolean {
  const type = parent.type as string;
  if (type === 'MemberExpression') return key === 'property' && parent.computed !== true;
  if (/^(Property|MethodDefinition|PropertyDefinition)$/.test(type)) return key === 'key' && parent.computed !== true;
  return /Specifier$|^(LabeledStatement|BreakStatement|ContinueStatement|MetaProperty|ExportAllDeclaration)$/.test(type);
}

/** Answers the top level's names, and calls back for every reference to one of `wanted` that no inner scope declares. */
export function references(root: Any, wanted: ReadonlySet<string>, found: (reference: Reference) => void): ReadonlySet<string> {
  const top = declared(root)!;
  const parents: Any[] = [];
  const scopes: Set<string>[] = [];
  function visit(node: Any, key: string): void {
    if (node.type === 'Identifier') {
      const name = nameOf(node);
      if (wanted.has(name) && !isLabel(parents.at(-1)!, key) && !scopes.some((scope) => scope.has(name))) found({ node, key, parents });
      return;
    }
    const scope = parents.length > 0 ? declared(node) : undefined;
    if (scope) scopes.push(scope);
    parents.push(node);
    eachChild(node, visit);
    parents.pop();
    if (scope) scopes.pop();
  }
  visit(root, '');
  return top;
}
