/**
 * Express 5 for the sandbox: the objects that learners touch, over the engine that decides on paths and headers.
 *
 * `createPackages` takes everything from outside (Node's modules or ours, the engine, the tracer), so that the same code runs
 * in the worker and in Node.
 */
import { applicationPrototype } from './application';
import { bodyParserPackage, bodyParsers, type BodyParser, type BodyParserPackage, type BodyParsers } from './body';
import { finalHandlerPackage, type FinalHandlerPackage } from './final';
import { makeKit } from './kit';
import { prepare } from './messages';
import { requestPrototype } from './request';
import { responsePrototype } from './response';
import { routerClass, type RouterClass } from './router';
import { makeSend, type SendFunction } from './send-stream';
import { staticMaker } from './static';
import type { Application, Deps, Next, Request, Response } from './types';
import { expressUtilities } from './utilities';

export { messageClasses } from './messages';
export { Recorder, type RecorderHost, type TraceParts, type Tracer } from './trace';
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

/** Express and the packages that it is made of, each as `require` gives it. */
export interface Packages {
  express: Express;
  router: RouterClass;
  'body-parser': BodyParserPackage;
  send: SendFunction;
  'serve-static': ReturnType<typeof staticMaker>;
  finalhandler: FinalHandlerPackage;
  'express/lib/utils': ReturnType<typeof expressUtilities>;
  'body-parser/lib/utils': { normalizeOptions: BodyParsers['normalizeOptions'] };
}

export function createPackages(deps: Deps): Packages {
  const kit = makeKit(deps);
  const Router = routerClass(kit);
  const send = makeSend(kit);
  const serveStatic = staticMaker(kit, send);
  const { normalizeOptions, ...parsers } = bodyParsers(kit);
  const application = applicationPrototype(kit, Router);
  const request = requestPrototype(kit);
  const response = responsePrototype(kit, send);

  function createApplication(): Application {
    const app = ((req: Request, res: Response, next?: Next): void => app.handle(req, res, next)) as Application & { init(): void };
    mixIn(app, deps.EventEmitter.prototype);
    mixIn(app, application);
    prepare(app, deps.http, request, response);
    app.init();
    return app;
  }

  const express = Object.assign(createApplication, {
    application,
    request,
    response,
    Route: Router.Route,
    Router,
    ...parsers,
    static: serveStatic,
  });
  return {
    express,
    router: Router,
    'body-parser': bodyParserPackage(parsers),
    send,
    'serve-static': serveStatic,
    finalhandler: finalHandlerPackage(kit),
    'express/lib/utils': expressUtilities(kit),
    'body-parser/lib/utils': { normalizeOptions },
  };
}

/** Copies own properties that are not there yet. */
function mixIn(target: object, source: object): void {
  for (const name of Object.getOwnPropertyNames(source)) {
    if (Object.prototype.hasOwnProperty.call(target, name)) continue;
    Object.defineProperty(target, name, Object.getOwnPropertyDescriptor(source, name)!);
  }
}
