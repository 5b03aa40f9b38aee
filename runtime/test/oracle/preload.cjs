/**
 * Loaded into real Node before a program: every port that it listens on becomes a free one, and the parent is told which. With
 * `NOW` in the environment the clock stands still there, as a sandbox's does between two events; with `PORTS` it finds the ports
 * that another program asked for.
 */
const net = require('node:net');

const { listen, address } = net.Server.prototype;
const { connect } = net.Socket.prototype;

/** Port that was asked for → where it is; of another program from the environment, as `3000:40123,…`. */
const ports = new Map((process.env.PORTS ?? '').split(',').filter(Boolean).map((pair) => pair.split(':').map(Number)));

/** The port that `listen` was asked for, wherever its arguments say it. */
const asked = ([first]) => Number(typeof first === 'object' && first !== null ? first.port : first) || 0;

net.Server.prototype.listen = function (...given) {
  const port = asked(given);
  const [first, ...rest] = given;
  if (typeof first === 'function' || first === undefined) given = [0, ...given.slice(first === undefined ? 1 : 0)];
  else given = [typeof first === 'object' && first !== null ? { ...first, port: 0 } : 0, ...rest];
  this.prependOnceListener('listening', () => {
    const { port: actual } = address.call(this);
    this.address = () => ({ ...address.call(this), port: port || actual });
    ports.set(port, actual);
    process.send({ asked: port, actual });
  });
  return listen.apply(this, given);
};

net.Socket.prototype.connect = function (...given) {
  // Node hands over its arguments already in order.
  const [options] = Array.isArray(given[0]) ? given[0] : given;
  if (typeof options === 'object' && options !== null && ports.has(Number(options.port))) options.port = ports.get(Number(options.port));
  return connect.apply(this, given);
};

// What tells the parent must not keep a program alive that has nothing more to do.
process.channel.unref();

if (process.env.NOW) {
  const now = Date.parse(process.env.NOW);
  globalThis.Date = new Proxy(Date, { construct: (target, given, made) => Reflect.construct(target, given.length > 0 ? given : [now], made) });
  Date.now = () => now;
}
