/**
 * Gives back what AsyncLocalStorage holds where code goes on after a wait: no platform of the browser tells when a function does.
 * `__keep()` remembers, `__back(kept, value)` brings back and answers the value, `__bind(callback)` does both around a callback.
 */
import { eachChild, FUNCTIONS, nameOf, type Any } from './scope';
import type { Edit } from './walk';

const CALLBACKS = /^(?:then|catch|finally)$/;
const LISTS = /^(?:Program|BlockStatement|StaticBlock)$/;

export function keepStores(root: Any, edits: Edit[]): void {
  let count = 0;
  const insert = (at: number, text: string): number => edits.push({ at, remove: 0, insert: text });
  const variable = (): string => `__kept${(count += 1)}`;

  /** After an error of something awaited, `catch` and `finally` go on where the `try` began. */
  function attempt(node: Any): void {
    const kept = variable();
    insert((node.block as Any).start + 1, `var ${kept}=__keep();`);
    for (const part of [(node.handler as Any | null)?.body as Any | undefined, node.finalizer as Any | null]) if (part) insert(part.start + 1, `__back(${kept});`);
  }

  function loop(node: Any, parent: Any): void {
    const kept = variable();
    const [right, body] = [node.right as Any, node.body as Any];
    insert(right.start, `(${kept}=__keep(),`);
    insert(right.end, ')');
    insert(body.type === 'BlockStatement' ? body.start + 1 : body.start, `${body.type === 'BlockStatement' ? '' : '{'}var ${kept};__back(${kept});`);
    if (body.type !== 'BlockStatement') insert(body.end, '}');
    if (LISTS.test(parent.type)) insert(node.end, `;__back(${kept});`);
  }

  function callbacks(node: Any): void {
    const callee = node.callee as Any;
    if (callee.type !== 'MemberExpression' || callee.computed === true || !CALLBACKS.test(nameOf(callee.property))) return;
    for (const argument of node.arguments as Any[]) {
      if (argument.type === 'SpreadElement') continue;
      insert(argument.start, '__bind(');
      insert(argument.end, ')');
    }
  }

  function visit(node: Any, parent: Any, isAsync: boolean): void {
    const inside = FUNCTIONS.has(node.type) ? node.async === true : isAsync;
    if (node.type === 'AwaitExpression') insert(node.start, '__back(__keep(),');
    if (node.type === 'TryStatement' && isAsync) attempt(node);
    if (node.type === 'ForOfStatement' && node.await === true) loop(node, parent);
    if (node.type === 'CallExpression') callbacks(node);
    eachChild(node, (child) => visit(child, node, inside));
    // After those of the children that end here.
    if (node.type === 'AwaitExpression') insert(node.end, ')');
  }

  visit(root, root, true);
}
