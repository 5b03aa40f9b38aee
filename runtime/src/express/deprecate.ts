/** Warnings of use that a later version will not take, worded as the `depd` package words them. */
import type { Deps } from './types';

const NAMESPACE = 'express';

function isIgnored({ env, noDeprecation }: Deps['process']): boolean {
  const names = (env['NO_DEPRECATION'] ?? '').split(/[ ,]+/);
  return noDeprecation === true || names.includes(NAMESPACE) || names.includes('*');
}

export function deprecator(deps: Deps): (message: string) => void {
  const warned = new Set<string>();
  return (message) => {
    if (isIgnored(deps.process)) return;
    const site = deps.callSite?.(1);
    const place = site ? ` at ${site.file}:${site.line}:${site.column}` : '';
    const key = message + place;
    if (warned.has(key)) return;
    warned.add(key);
    const time = new Date(deps.now?.() ?? Date.now()).toUTCString();
    deps.console.error(`${time} ${NAMESPACE} deprecated ${message}${place}`);
  };
}
