/**
 * Messages that are born with an application's prototypes. Changing a prototype later is allowed and slow: each property
 * that is added afterwards costs the engine a new shape.
 */
import type { Application, NodeHttp, Request, Response } from './types';

type MessageClass = new (...given: unknown[]) => object;

/** Options of `http.createServer`. */
export interface MessageClasses {
  IncomingMessage: MessageClass;
  ServerResponse: MessageClass;
}

const classes = new WeakMap<object, MessageClasses>();

/** The classes to make an application's messages with; undefined for any other listener. */
export function messageClasses(listener: object): MessageClasses | undefined {
  return classes.get(listener);
}

/** Gives an application its own prototypes of request and response, which inherit from Express's. */
export function prepare(app: Application, http: NodeHttp, request: object, response: object): void {
  const IncomingMessage = inheriting(http.IncomingMessage as MessageClass, request, app);
  const ServerResponse = inheriting(http.ServerResponse as MessageClass, response, app);
  app.request = IncomingMessage.prototype;
  app.response = ServerResponse.prototype;
  classes.set(app, { IncomingMessage, ServerResponse });
}

/** A class whose instances are as quick as Node's own; `Reflect.construct` with another prototype is a hundred times slower. */
function inheriting(Base: MessageClass, prototype: object, app: Application): MessageClass {
  // In a list, so that the bundler does not define its name, which would make it slow.
  const [Message] = [class extends Base {}];
  Object.setPrototypeOf(Message.prototype, prototype);
  delete (Message.prototype as { constructor?: unknown }).constructor;
  Object.defineProperty(Message.prototype, 'app', { configurable: true, enumerable: true, writable: true, value: app });
  return Message;
}

/** Gives messages that were born elsewhere an application's prototypes. */
export function adopt(req: Request, res: Response, app: Application): void {
  if (Object.getPrototypeOf(req) !== app.request) {
    // Properties first, see above.
    req.next ??= undefined as never;
    req.baseUrl ??= '';
    req.originalUrl ??= req.url;
    req.params ??= undefined as never;
    Object.setPrototypeOf(req, app.request);
  }
  if (Object.getPrototypeOf(res) !== app.response) Object.setPrototypeOf(res, app.response);
}
