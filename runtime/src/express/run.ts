/** Calls the function of a layer, and hears what becomes of it. */
import type { Layer } from './layer';
import type { LayerRun } from './layer-run';
import type { Route } from './route';
import type { Frame } from './trace';
import type { AnyFunction, ErrorHandler, Handler, Next, Request, Response } from './types';

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return value !== null && (typeof value === 'object' || typeof value === 'function') && typeof (value as PromiseLike<unknown>).then === 'function';
}

function nothing(): void {}

/** Runs an ordinary layer; one with four parameters is for errors and is skipped. */
export function run(layer: Layer, req: Request, res: Response, next: Next, frame: Frame | undefined, route?: Route): void {
  const handle = layer.handle as AnyFunction;
  if (handle.length > 3) return next();
  if (frame !== undefined) return runTraced(frame.enter(layer, route), handle, undefined, req, res, next, route);
  try {
    const returned = (handle as Handler)(req, res, next);
    if (isPromise(returned)) returned.then(nothing, (error) => next(error || new Error('Rejected promise')));
  } catch (error) {
    next(error);
  }
}

/** Runs a layer for errors; any other is skipped. */
export function runError(layer: Layer, error: unknown, req: Request, res: Response, next: Next, frame: Frame | undefined, route?: Route): void {
  const handle = layer.handle as AnyFunction;
  if (handle.length !== 4) return next(error);
  if (frame !== undefined) return runTraced(frame.enter(layer, route, error), handle, error, req, res, next, route);
  try {
    const returned = (handle as ErrorHandler)(error, req, res, next);
    if (isPromise(returned)) returned.then(nothing, (error) => next(error || new Error('Rejected promise')));
  } catch (error) {
    next(error);
  }
}

function runTraced(run: LayerRun, handle: AnyFunction, error: unknown, req: Request, res: Response, next: Next, route: Route | undefined): void {
  const traced = run.wrap(next);
  // In a router's layer `req.next` is the very function that the layer gets.
  if (route === undefined) req.next = traced;
  let returned: unknown;
  let waits: boolean;
  try {
    returned = run.forError ? (handle as ErrorHandler)(error, req, res, traced) : (handle as Handler)(req, res, traced);
    waits = isPromise(returned);
  } catch (error) {
    return fail(run, error, next);
  }
  run.returns(returned, waits);
  if (waits) settle(run, returned as PromiseLike<unknown>, next);
}

/** Apart from the above, whose variables would be kept for these functions at every call. */
function settle(run: LayerRun, returned: PromiseLike<unknown>, next: Next): void {
  try {
    returned.then(
      () => run.settles(),
      (error) => fail(run, error || new Error('Rejected promise'), next),
    );
  } catch (error) {
    fail(run, error, next);
  }
}

function fail(run: LayerRun, error: unknown, next: Next): void {
  run.throws(error);
  next(error);
  run.leaves();
}
