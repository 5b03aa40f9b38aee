/**
 * Express 5 for the sandbox: the objects that learners touch, over the engine that decides on paths and headers.
 *
 * `createExpress` takes everything from outside (Node's modules or ours, the engine, the tracer), so that the same code runs
 * in the worker and in Node.
 */
import { applicationPrototype } from './application';
import { bodyParsers, type BodyParser } from './body';
import { makeKit } from './kit';
import { prepare } from './messages';
import { requestPrototype } from './request';
import { responsePrototype } from './response';
import { routerClass, type RouterClass } from './router';
import { staticMaker } from './static';
import type { Application, Deps, Next, Request, Response } from './types';

export { messageClasses } from './messages';
export { Recorder, type RecorderOptions, type TraceParts, type Tracer } from './trace';
export type { Deps, Engine, Site } from './types';

/** What `require('express')` returns. */
export interface Express {
  (): Application;
  application: object;
  request: object;
  response: object;
  Route: RouterClass['Route'];
  Router: RouterClass;
  json: BodyParser;
  urlencoded: BodyParser;
  text: BodyParser;
  raw: BodyParser;
  static: ReturnType<typeof staticMaker>;
}

export function createExpress(deps: Deps): Express {
  const kit = makeKit(deps);
  const Router = routerClass(kit);
  const application = applicationPrototype(kit, Router);
  const request = requestPrototype(kit);
  const response = responsePrototype(kit);

  function createApplication(): Application {
    const app = ((req: Request, res: Response, next?: Next): void => app.handle(req, res, next)) as Application & { init(): void };
    mixIn(app, deps.EventEmitter.prototype);
    mixIn(app, application);
    prepare(app, deps.http, request, response);
    app.init();
    return app;
  }

  return Object.assign(createApplication, {
    application,
    request,
    response,
    Route: Router.Route,
    Router,
    ...bodyParsers(kit),
    static: staticMaker(kit),
  });
}

/** Copies own properties that are not there yet. */
function mixIn(target: object, source: object): void {
  for (const name of Object.getOwnPropertyNames(source)) {
    if (Object.prototype.hasOwnProperty.call(target, name)) continue;
    Object.defineProperty(target, name, Object.getOwnPropertyDescriptor(source, name)!);
  }
}
