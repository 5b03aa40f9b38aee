/** `app.param('id', …)`: callbacks that run before a layer with that parameter. */
import type { Next, ParamHandler, Request, Response } from './types';

/** What became of a parameter earlier in the same request. */
interface Called {
  error: unknown;
  match: unknown;
  value: unknown;
}

/** By parameter name, for one pass of a request through one router. */
export type CalledParams = Record<string, Called | undefined>;

/** Runs the callbacks for these parameters, each once for each value. */
export function processParams(
  callbacks: Record<string, ParamHandler[]>,
  keys: string[],
  called: CalledParams,
  req: Request,
  res: Response,
  done: Next,
): void {
  let index = 0;

  const nextParam = (error?: unknown): void => {
    if (error) return done(error);
    const key = keys[index++];
    if (key === undefined) return done();
    const value = req.params[key];
    const handlers = callbacks[key];
    if (value === undefined || !handlers) return nextParam();

    const before = called[key];
    if (before && (before.match === value || (before.error && before.error !== 'route'))) {
      req.params[key] = before.value;
      return nextParam(before.error);
    }
    const now: Called = { error: null, match: value, value };
    called[key] = now;

    let position = 0;
    const nextHandler = (error?: unknown): void => {
      const handler = handlers[position++];
      now.value = req.params[key];
      if (error) {
        now.error = error;
        return nextParam(error);
      }
      if (!handler) return nextParam();
      try {
        const returned = handler(req, res, nextHandler, value, key) as PromiseLike<unknown> | undefined;
        if (returned && typeof returned.then === 'function') {
          returned.then(undefined, (error) => nextHandler(error || new Error('Rejected promise')));
        }
      } catch (error) {
        nextHandler(error);
      }
    };
    nextHandler();
  };

  nextParam();
}

/** Parameters of a router below the parameters of the router it is mounted in; numbered ones follow on. */
export function mergeParams(params: Record<string, unknown>, parent: unknown): Record<string, unknown> {
  if (typeof parent !== 'object' || !parent) return params;
  const merged: Record<string, unknown> = { ...parent };
  if (!(0 in params) || !(0 in parent)) return Object.assign(merged, params);
  let own = 0;
  let above = 0;
  while (own in params) own++;
  while (above in parent) above++;
  for (own--; own >= 0; own--) {
    params[own + above] = params[own];
    if (own < above) delete params[own];
  }
  return Object.assign(merged, params);
}
