/** The packages jsonwebtoken, bcrypt and bcryptjs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { started } from './support.mjs';

/** Runs the code with `show(work)` at hand, which prints the value or the error of `work`. */
const HEAD = `
  const jwt = require('jsonwebtoken'), bcrypt = require('bcrypt'), bcryptjs = require('bcryptjs');
  const show = (work) => { try { console.log(work()) } catch (error) { console.log(error.name + ': ' + error.message) } };
`;
async function check(name, code, expected) {
  await test(name, async () => {
    const sandbox = await started(HEAD + code);
    assert.equal(sandbox.printed(), expected);
    await sandbox.close();
  });
}

await check('sign and verify', "const t = jwt.sign({ id: 7 }, 's', { expiresIn: '1h' }); console.log(jwt.verify(t, 's'), jwt.decode(t).id, jwt.decode('no'), jwt.decode(t, { complete: true }).header)",
  "{ id: 7, iat: 1767603600, exp: 1767607200 } 7 null { alg: 'HS256', typ: 'JWT' }");
await check('a secret in a Buffer, and text as a payload', "const t = jwt.sign('hello', Buffer.from('s')); console.log(jwt.verify(t, 's'), jwt.verify(t, Buffer.from('s'), { complete: true }).payload)", 'hello hello');
await check('what verify refuses', `
  const t = jwt.sign({ aud: 'web' }, 's');
  show(() => jwt.verify(t, 'other')); show(() => jwt.verify('abc', 's')); show(() => jwt.verify('', 's')); show(() => jwt.verify(7, 's')); show(() => jwt.verify(t));
  show(() => jwt.verify(t, 's', { audience: /^app/ })); show(() => jwt.verify(t, 's', { audience: [/^web$/] }).aud); show(() => jwt.verify(t, () => {}));
`, [
  'JsonWebTokenError: invalid signature', 'JsonWebTokenError: jwt malformed', 'JsonWebTokenError: jwt must be provided', 'JsonWebTokenError: jwt must be a string',
  'JsonWebTokenError: secret or public key must be provided', 'JsonWebTokenError: jwt audience invalid. expected: /^app/', 'web',
  'JsonWebTokenError: verify must be called asynchronous if secret or public key is provided as a callback',
].join('\n'));
await check('what sign refuses', `
  show(() => jwt.sign({})); show(() => jwt.sign(undefined, 's')); show(() => jwt.sign(new Map(), 's')); show(() => jwt.sign('x', 's', { expiresIn: 1 }));
  show(() => jwt.sign({}, 's', { expiresIn: undefined })); show(() => jwt.sign({}, 's', { expires: 1 })); show(() => jwt.sign({ exp: 1 }, 's', { expiresIn: 1 }));
`, [
  'Error: secretOrPrivateKey must have a value', 'Error: payload is required', 'Error: Expected "payload" to be a plain object.', 'Error: invalid expiresIn option for string payload',
  'Error: "expiresIn" should be a number of seconds or string representing a timespan', 'Error: "expires" is not allowed in "options"',
  'Error: Bad "options.expiresIn" option the payload already has an "exp" property.',
].join('\n'));
await check('errors are of the classes of the package', `
  const t = jwt.sign({}, 's', { expiresIn: 3 }); const later = jwt.sign({}, 's', { notBefore: 300 });
  setTimeout(() => {
    for (const token of [t, later]) try { jwt.verify(token, 's') } catch (e) { console.log(e instanceof jwt.JsonWebTokenError, e instanceof jwt.TokenExpiredError, e instanceof jwt.NotBeforeError, e.expiredAt, e.date, e.stack.split('\\n')[0]) }
  }, 3000);
`, 'true true false 2026-01-05T09:00:03.000Z undefined TokenExpiredError: jwt expired\ntrue false true undefined 2026-01-05T09:05:00.000Z NotBeforeError: jwt not active');
await check('callbacks of jsonwebtoken', `
  jwt.sign({ a: 1 }, 's', (error, token) => jwt.verify(token, 's', (error, claims) => { console.log(error, claims.a); jwt.verify(token, 'x', (error) => console.log(error.message));
    jwt.verify(token, (header, done) => done(null, header.alg === 'HS256' ? 's' : ''), {}, (error, claims) => console.log(claims.a)); }));
  jwt.sign({}, '', (error) => console.log(error.message)); console.log('main');
`, 'secretOrPrivateKey must have a value\nmain\nnull 1\ninvalid signature\n1');
// What a callback is given for no error differs between the two packages.
for (const [name, fine] of [['bcrypt', 'undefined'], ['bcryptjs', 'null']]) {
  await check(`${name} in its three forms`, `
    const h = ${name}.hashSync('pass', 4); console.log(h.slice(0, 7), h.length, ${name}.compareSync('pass', h), ${name}.compareSync('no', h), ${name}.getRounds(h), ${name}.genSaltSync(5).slice(0, 7));
    ${name}.hash('pass', 4, (error, hash) => ${name}.compare('pass', hash, (error, same) => console.log('callback', error, same)));
    (async () => { const hash = await ${name}.hash('पासवर्ड', await ${name}.genSalt(4)); console.log('promise', await ${name}.compare('पासवर्ड', hash), await ${name}.compare('x', 'no hash')); })();
    console.log('main');
  `, `$2b$04$ 60 true false 4 $2b$05$\nmain\ncallback ${fine} true\npromise true false`);
}
await check('what bcrypt refuses', `
  show(() => bcrypt.hashSync('x')); show(() => bcrypt.hashSync(7, 4)); show(() => bcrypt.compareSync('x')); show(() => bcrypt.hashSync('x', 'salt')); show(() => bcrypt.genSaltSync('4'));
  bcrypt.hash(undefined, 4).catch((error) => console.log(error.message)); bcrypt.compare('x', undefined, (error, same) => console.log(error.message, same));
`, [
  'Error: data and salt arguments required', 'Error: data must be a string or Buffer and salt must either be a salt string or a number of rounds', 'Error: data and hash arguments required',
  'Error: Invalid salt. Salt must be in the form of: $Vers$log2(NumRounds)$saltvalue', 'Error: rounds must be a number', 'data and salt arguments required', 'data and hash arguments required undefined',
].join('\n'));
await check('what bcryptjs refuses', "show(() => bcryptjs.hashSync()); show(() => bcryptjs.compareSync('x', 7)); show(() => bcryptjs.getSalt('x')); show(() => bcryptjs.truncates('x'.repeat(73)))",
  'Error: Illegal arguments: undefined, number\nError: Illegal arguments: string, number\nError: Illegal hash length: 1 != 60\ntrue');
