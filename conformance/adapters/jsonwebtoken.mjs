/** Private files of jsonwebtoken that its suite asks for, and the clock that its tests set. */

export function adapt(made, sandbox) {
  const jwt = sandbox.require('jsonwebtoken');
  for (const name of ['JsonWebTokenError', 'NotBeforeError', 'TokenExpiredError']) made.set(`jsonwebtoken/lib/${name}`, jwt[name]);
  // sinon puts another Date in Node's place; in the page that would be the program's own.
  const { names, values } = sandbox.world.program.loader.globals;
  const program = values()[names.indexOf('globalThis')];
  program.Date = new Proxy(Date, { get: (_, key) => globalThis.Date[key], construct: (_, args) => new globalThis.Date(...args) });
}
