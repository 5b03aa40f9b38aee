/** Rewrites an ES module's text into the body of a function, line by line: imports are read live, exports are getters. */
import { bound, eachChild, FUNCTIONS, nameOf, references, type Any, type Reference } from './scope';
import type { Findings } from './walk';

/** Parameters of the function: export getters, a linked namespace, `export *`, `import.meta`, a name that ES modules lack. */
export const MODULE_SCOPE = ['__export', '__link', '__star', '__meta', '__absent'] as const;

/** What CommonJS modules have and ES modules do not. */
const COMMONJS = ['require', 'module', 'exports', '__dirname', '__filename'];
const DEFAULT = '__default';
const GAP = /(?:\s|\/\/.*|\/\*[^]*?\*\/)*/y;

const member = (name: string): string => (/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`);

/** Adds to `found` what the module imports and exports, and the edits. */
export function lower(root: Any, text: string, found: Findings): void {
  const { edits } = found;
  /** Local name → the expression that reads the import. */
  const imported = new Map<string, string>();
  const getters: string[] = [];
  const head: string[] = [];
  const tail: string[] = [];
  const locals: { name: string; local: string }[] = [];
  const replace = (at: number, remove: number, insert: string): number => edits.push({ at, remove, insert });

  /** Takes text away and leaves its line feeds. */
  function erase(from: number, to: number, insert: string): void {
    replace(from, 0, insert);
    for (let at = from; at <= to; ) {
      const feed = text.indexOf('\n', at);
      const end = feed < 0 ? to : Math.min(feed, to);
      replace(at, end - at, '');
      at = end + 1;
    }
  }

  function link(node: Any, names: string[]): string {
    const specifier = String((node.source as Any).value);
    found.imports.push({ specifier, names });
    const variable = `__import_${found.imports.length - 1}`;
    head.push(`const ${variable}=__link(${JSON.stringify(specifier)});`);
    return variable;
  }

  function importItem(node: Any): void {
    const specifiers = node.specifiers as Any[];
    const wanted = (specifier: Any): string => (specifier.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(specifier.imported));
    const named = specifiers.filter(({ type }) => type !== 'ImportNamespaceSpecifier');
    const variable = link(node, named.map(wanted));
    for (const specifier of specifiers) {
      const local = nameOf(specifier.local);
      imported.set(local, specifier.type === 'ImportNamespaceSpecifier' ? variable : `${variable}${member(wanted(specifier))}`);
    }
    erase(node.start, node.end, ';');
  }

  function exportItem(name: string, value: string): void {
    found.exports.push(name);
    getters.push(`${JSON.stringify(name)}:()=>${value}`);
  }

  function exportNamed(node: Any): void {
    const declaration = node.declaration as Any | null;
    if (declaration) {
      const names = new Set<string>();
      bound(declaration.type === 'VariableDeclaration' ? declaration : declaration.id, names);
      for (const name of names) exportItem(name, name);
      replace(node.start, 6, '');
      return;
    }
    const specifiers = node.specifiers as Any[];
    if (node.source) {
      const variable = link(node, specifiers.map(({ local }) => nameOf(local)));
      for (const { local, exported } of specifiers) exportItem(nameOf(exported), `${variable}${member(nameOf(local))}`);
    } else for (const { local, exported } of specifiers) locals.push({ name: nameOf(exported), local: nameOf(local) });
    erase(node.start, node.end, ';');
  }

  /** What is exported by default and has no name of its own is called `default` (ECMA-262, 16.2.3.7). */
  function exportDefault(node: Any): void {
    const declaration = node.declaration as Any;
    const named = /Declaration$/.test(declaration.type) ? (declaration.id as Any | null) : null;
    exportItem('default', named ? nameOf(named) : DEFAULT);
    GAP.lastIndex = node.start + 6;
    GAP.test(text);
    const keyword = GAP.lastIndex;
    replace(node.start, 6, '');
    if (named) replace(keyword, 7, '');
    else if (declaration.type === 'FunctionDeclaration') {
      replace(keyword, 7, '');
      replace(text.indexOf('(', declaration.start), 0, ` ${DEFAULT}`);
      tail.push(`Object.defineProperty(${DEFAULT},"name",{value:"default",configurable:true});`);
    } else {
      replace(keyword, 7, `const ${DEFAULT}={default:`);
      const over = text[node.end - 1] === ';' ? 1 : 0;
      replace(node.end - over, over, '}.default;');
    }
  }

  eachChild(root, (node) => {
    if (node.type === 'ImportDeclaration') importItem(node);
    else if (node.type === 'ExportNamedDeclaration') exportNamed(node);
    else if (node.type === 'ExportDefaultDeclaration') exportDefault(node);
    else if (node.type === 'ExportAllDeclaration') {
      const variable = link(node, []);
      if (node.exported) exportItem(nameOf(node.exported), variable);
      else {
        found.exports.push('*');
        tail.push(`__star(${variable});`);
      }
      erase(node.start, node.end, ';');
    }
  });
  for (const { name, local } of locals) exportItem(name, imported.get(local) ?? local);

  const missing: Reference[] = [];
  const top = references(root, new Set([...imported.keys(), ...COMMONJS]), ({ node, key, parents }) => {
    const live = imported.get(nameOf(node));
    if (live === undefined) missing.push({ node, key, parents: parents.slice(-1) });
    else replaceReference({ node, key, parents }, live);
  });
  for (const reference of missing) {
    const name = nameOf(reference.node);
    const parent = reference.parents[0]!;
    if (top.has(name)) continue;
    const isTypeof = parent.type === 'UnaryExpression' && parent.operator === 'typeof';
    replaceReference(reference, isTypeof ? 'undefined' : `__absent("${name}")`);
  }
  head.unshift('"use strict";', getters.length > 0 ? `__export({${getters.join(',')}});` : '');
  edits.unshift({ at: 0, remove: 0, insert: [...head, ...tail].join('') });

  function replaceReference({ node, key, parents }: Reference, live: string): void {
    const parent = parents.at(-1)!;
    const shorthand = parent.type === 'Property' && parent.shorthand === true ? `${nameOf(node)}:` : '';
    const called = (parent.type === 'CallExpression' && key === 'callee') || (parent.type === 'TaggedTemplateExpression' && key === 'tag');
    // A call of a member would hand the namespace over as `this`.
    replace(node.start, node.end - node.start, called && /[.[]/.test(live) ? `${startsStatement(node, parents) ? ';' : ''}(0,${live})` : `${shorthand}${live}`);
  }
}

/** Whether a parenthesis in this place would continue the statement before. */
function startsStatement(node: Any, parents: readonly Any[]): boolean {
  for (let at = parents.length - 1; at > 0; at -= 1) {
    const parent = parents[at]!;
    if (parent.start !== node.start || FUNCTIONS.has(parent.type)) return false;
    if (parent.type === 'ExpressionStatement') return /^(Program|BlockStatement|StaticBlock|SwitchCase)$/.test(parents[at - 1]!.type);
  }
  return false;
}
