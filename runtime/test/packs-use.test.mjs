/** How packs come to a program: what is loaded, what is said when one is not there, npm in the console, and mail. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { runtimeOptions } from '../build.mjs';
import { built, openGrader, started } from './support.mjs';

const source = (file) => JSON.stringify(fileURLToPath(new URL(`../src/${file}.ts`, import.meta.url)));
const contents = ['modules/asked', 'modules/offered', 'host/packs', 'worker/commands', 'worker/engine'].map((file) => `export * from ${source(file)};`).join('\n');
const bundle = await build({ ...runtimeOptions(), format: 'esm', write: false, stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) } });
const { asked, near, PackShelf, Commands, startEngine } = await import(`data:text/javascript,${encodeURIComponent(bundle.outputFiles[0].text)}`);
const textOf = (name) => readFileSync(`${built}packs/${name}.js`, 'utf8');

await test('a project asks for the packs that its files name', () => {
  const cases = [
    [{ 'a.js': "const cors = require('cors'); require('express'); require('./zod')" }, ['cors']],
    [{ 'a.mjs': 'import { z } from "zod";\nimport helmet from `helmet`; export * from \'zod/v4\'' }, ['helmet', 'zod', 'zod/v4']],
    [{ 'a.js': "import('nanoid/non-secure')" }, ['nanoid', 'nanoid/non-secure']],
    [{ 'a.js': "for (const name of ['uuid', 'joi']) require(name); const broken = ;" }, ['joi', 'uuid']],
    [{ 'a.js': "app.set('view engine', 'ejs')" }, ['ejs']],
    [{ 'views/index.ejs': '<p>' }, ['ejs']],
    [{ 'package.json': '{"dependencies": {"multer": "^2", "mongoose": "^9"}, "devDependencies": {"morgan": "1"}}' }, ['bson', 'mongodb', 'mongoose', 'multer']],
    [{ 'a.js': "jwt.sign(claims, key, { algorithm: 'RS256' })" }, ['backlab-keys']],
    [{ 'a.js': 'zlib.brotliCompressSync(text)' }, ['backlab-brotli']],
    [{ 'a.js': "app.use(require('compression')())" }, ['backlab-brotli', 'compression']],
    [{ 'package.json': 'no JSON', 'readme.md': "'cors'", 'a.js': 'toString; constructor' }, []],
  ];
  for (const [files, names] of cases) assert.deepEqual(asked(files), names, JSON.stringify(files));
});

await test('every pack says what it is for', () => {
  const { '//': whys, dependencies } = JSON.parse(readFileSync(new URL('../../packs/package.json', import.meta.url), 'utf8'));
  assert.deepEqual(Object.keys(whys), Object.keys(dependencies));
  for (const [name, version] of Object.entries(dependencies)) assert.match(`${name} ${version} ${whys[name]}`, /^\S+ \d+\.\d+\.\d+ \S.{5,}/);
});

await test('close names', () => {
  const names = ['express', 'express-session', 'cors', 'zod', 'body-parser', 'bcrypt', 'bcryptjs'];
  for (const [name, wanted] of [['expres', ['express']], ['bodyparser', ['body-parser']], ['cros', ['cors']], ['core', ['cors']], ['bcript', ['bcrypt']], ['mongoose', []]]) {
    assert.deepEqual(near(name, names), wanted, name);
  }
});

await test('a package that is not there: close names, what is offered, and where authors read on', async () => {
  const sandbox = await started("require('expres-session')");
  assert.equal(sandbox.result.error.code, 'MODULE_NOT_FOUND');
  const hint = sandbox.console.at(-1).text;
  assert.match(hint, /^"expres-session" is not offered here\. Did you mean express-session\?/);
  assert.match(hint, /axios, bcrypt/);
  assert.match(hint, /docs\/writing-lessons\.md/);
  await sandbox.close();
});

await test('a pack that was not loaded before the start says so', async () => {
  const sandbox = await started("require(['z', 'od'].join(''))", { pack: () => undefined });
  assert.match(sandbox.console.at(-1).text, /"zod" is offered here, but it was not loaded before the program started.*npm install zod/);
  await sandbox.close();
});

await test('what a template compiles sees the clock of the sandbox', async () => {
  const sandbox = await started("console.log(require('ejs').render('<%= new Date().toISOString() %>'))", { now: '2030-01-02T03:04:05.000Z' });
  assert.equal(sandbox.printed(), '2030-01-02T03:04:05.000Z');
  await sandbox.close();
});

await test('mail goes to the outbox of the sandbox', async () => {
  const sandbox = await started(`
    const nodemailer = require('nodemailer');
    (async () => {
      const account = await nodemailer.createTestAccount();
      const transport = nodemailer.createTransport({ host: 'smtp.example.com', port: 587, auth: { user: account.user, pass: account.pass } });
      console.log(await transport.verify());
      const info = await transport.sendMail({ from: 'Shop <shop@a.in>', to: 'asha@b.in, ravi@c.in', cc: 'mira@d.in', subject: 'Welcome', text: 'Hello', html: '<b>Hello</b>' });
      console.log(info.accepted, info.rejected, info.response.slice(0, 3), /^<.+@a.in>$/.test(info.messageId));
      nodemailer.createTransport('smtp://u:p@mail.test').sendMail({ from: 'a@b.in', subject: 'nobody' }, (error) => console.log(error.code, error.message));
      nodemailer.createTransport({ pool: true, host: 'x.test' }).sendMail({ to: 'asha@b.in', text: 'second' }, () => {});
    })();`);
  const { mails } = sandbox;
  assert.equal(mails.length, 2);
  assert.deepEqual({ ...mails[0], raw: undefined, at: 0 }, { from: 'shop@a.in', to: ['asha@b.in', 'ravi@c.in', 'mira@d.in'], subject: 'Welcome', text: 'Hello', html: '<b>Hello</b>', raw: undefined, at: 0 });
  assert.match(mails[0].raw, /^From: Shop <shop@a\.in>\r\n/m);
  const printed = sandbox.printed();
  assert.match(printed, /^true\n/);
  assert.match(printed, /\[ 'asha@b\.in', 'ravi@c\.in', 'mira@d\.in' \] \[\] 250 true/);
  assert.match(printed, /Mail from shop@a\.in to asha@b\.in, ravi@c\.in, mira@d\.in, kept here and sent to nobody\nSubject: Welcome\n\nHello/);
  assert.match(printed, /EENVELOPE No recipients defined/);
  await sandbox.close();
});

await test('npm in the console', async () => {
  const before = '{\n    "name": "shop",\n    "version": "1.2.0",\n    "scripts": { "dev": "nodemon server.js", "hi": "node hi.js" },\n    "dependencies": {\n        "express": "^5.1.0"\n    }\n}\n';
  const sandbox = await started({ 'package.json': before, 'server.js': "require('express')().listen(3000)", 'hi.js': "console.log('hi', process.argv[2], process.env.A)" });
  const run = async (line) => {
    const from = sandbox.console.length;
    const result = await sandbox.command(line);
    return { ...result, printed: sandbox.console.slice(from).map(({ text }) => text).join('\n'), json: JSON.parse(sandbox.files['package.json'] ?? 'null') };
  };
  const added = await run('npm install zod cors@2 --save');
  assert.equal(added.exit, 0);
  assert.equal(added.printed, 'added 2 packages, and audited 4 packages');
  assert.deepEqual(Object.keys(added.json.dependencies), ['cors', 'express', 'zod']);
  assert.match(added.json.dependencies.zod, /^\^\d+\.\d+\.\d+$/);
  assert.equal(added.files['package.json'], sandbox.files['package.json']);
  assert.match(added.files['package.json'], /\n {4}"dependencies"/, 'the indent stays');
  const tool = await run('npm i -D nodemon');
  assert.deepEqual(Object.keys(tool.json.devDependencies), ['nodemon']);
  assert.match((await run('npm i express@4')).printed, /npm warn express@4 is not here; 5\./);
  const missing = await run('npm install mongose');
  assert.equal(missing.exit, 1);
  assert.match(missing.printed, /E404[\s\S]*'mongose' is not offered here[\s\S]*axios, bcrypt/);
  assert.equal(missing.files, undefined);
  assert.match((await run('npm install expres')).printed, /Did you mean express/);
  assert.equal((await run('npm install constructor')).exit, 1);
  assert.equal((await run('npm constructor')).exit, 127);
  assert.match((await run('npm ls')).printed, /^shop@1\.2\.0 \/app\n├── cors@2\.\d+\.\d+\n├── express@5\.\d+\.\d+\n├── nodemon@3\.\d+\.\d+\n└── zod@\d/);
  const gone = await run('npm uninstall cors nodemon');
  assert.equal(gone.printed, 'removed 2 packages');
  assert.deepEqual([Object.keys(gone.json.dependencies), gone.json.devDependencies], [['express', 'zod'], undefined]);
  assert.match((await run('npm install')).printed, /^up to date, audited 3 packages$/);
  assert.equal((await run('A=1 npm run hi -- Asha')).printed, 'hi Asha 1');
  assert.match((await run('npm run')).printed, /^Scripts available in shop@1\.2\.0 via `npm run`:\n {2}dev\n {4}nodemon server\.js/);
  assert.match((await run('npm run nope')).printed, /Missing script: "nope"/);
  sandbox.stop();
  assert.deepEqual((await run('npm run dev')).listening, [3000]);
  sandbox.stop();
  assert.deepEqual((await run('npm start')).listening, [3000], 'without a script, npm starts server.js');
  await sandbox.close();

  const bare = await started({ 'server.js': '' });
  assert.deepEqual(JSON.parse((await bare.command('npm install cors')).files['package.json']), { dependencies: { cors: `^${added.json.dependencies.cors.slice(1)}` } });
  assert.equal((await bare.command('npm init -y')).exit, 0);
  assert.equal(JSON.parse(bare.files['package.json']).main, 'server.js');
  bare.update({ 'server.js': '', 'package.json': 'null' });
  assert.deepEqual(JSON.parse((await bare.command('npm i -E zod')).files['package.json']).dependencies, { zod: added.json.dependencies.zod.slice(1) });
  bare.update({ 'server.js': '' });
  assert.equal(bare.files['package.json'], undefined, 'a file that the editor has no more is gone');
  await bare.close();
});

await test('a check gets the packs that its project names', async () => {
  const grader = openGrader();
  try {
    const { record } = await grader.answer({ do: 'open', sandbox: 's', project: { files: { 'server.js': "console.log(require('http-errors')(404).message)" } } });
    assert.deepEqual(record.console, ['Not Found']);
    const hidden = { do: 'open', sandbox: 's', project: { files: { 'server.js': "require(['z', 'od'].join(''))" } } };
    assert.equal((await grader.answer(hidden)).record.error.code, 'MODULE_NOT_FOUND', 'as in the page');
  } finally {
    grader.close();
  }
});

await test('the page loads packs once, says what it loads, and tries again what failed', async () => {
  const [asked, progress] = [[], []];
  let online = true;
  const shelf = new PackShelf(async (file) => {
    asked.push(file);
    if (!online) throw new Error(`${file} could not be loaded (503). Check the connection and reload.`);
    return { text: async () => `text of ${file}` };
  });
  const take = (names) => shelf.take(names, ({ names, at, of }) => progress.push(`${names.join()} ${at}/${of}`));
  assert.deepEqual(await take(['cors', '../secret', 'constructor', 'zod']), { texts: { cors: 'text of packs/cors.js', zod: 'text of packs/zod.js' }, failures: {} });
  assert.deepEqual(progress, ['cors,zod 1/2', 'zod 2/2', ' 3/2']);
  await take(['cors']);
  online = false;
  assert.match((await take(['joi'])).failures.joi, /^The package "joi" could not be loaded: packs\/joi\.js.*503/);
  online = true;
  assert.deepEqual((await take(['joi'])).texts, { joi: 'text of packs/joi.js' });
  assert.deepEqual(asked, ['packs/cors.js', 'packs/zod.js', 'packs/joi.js', 'packs/joi.js']);
});

await test('a worker asks the page before it starts a program, a command, a line or a check', async () => {
  const engine = await startEngine(readFileSync(`${built}engine_bg.wasm`));
  const told = [];
  let offline = false;
  const commands = new Commands(Promise.resolve(engine), [], (message) => {
    told.push(message);
    if (!message.need) return;
    const failures = offline ? Object.fromEntries(message.names.map((name) => [name, `The package "${name}" could not be loaded: no network`])) : {};
    const texts = offline ? {} : Object.fromEntries(message.names.map((name) => [name, textOf(name)]));
    queueMicrotask(() => commands.packs.came(message.need, { texts, failures }));
  });
  const needs = () => told.splice(0).flatMap(({ names }) => names ?? []);
  const answer = async (command) => {
    await commands.answer(1, command);
    return told.findLast((message) => message.id === 1);
  };
  const run = (code) => answer({ do: 'run', project: { files: { 'server.js': code } } });
  assert.equal((await run("if (require('cors').name !== 'middlewareWrapper') throw new Error('other')")).value.ok, true);
  assert.deepEqual(needs(), ['cors']);
  await run("require('cors'); require('uuid')");
  assert.deepEqual(needs(), ['uuid'], 'a pack comes once');
  assert.match((await answer({ do: 'evaluate', code: "typeof require('joi').object" })).value, /function/);
  assert.deepEqual(needs(), ['joi']);
  const project = { files: { 'package.json': '{}', 'server.js': '' } };
  assert.match((await answer({ do: 'command', line: 'npm i nanoid@6', project })).value.files['package.json'], /nanoid/);
  assert.deepEqual(needs(), ['nanoid']);
  const open = { do: 'open', sandbox: 's', project: { files: { 'server.js': "console.log(typeof require('helmet'))" } } };
  assert.deepEqual((await answer({ do: 'grader', command: open })).value.record.console, ['function']);
  assert.deepEqual(needs(), ['helmet']);
  offline = true;
  const { error } = (await run("require('zod')")).value;
  assert.deepEqual([error.message, error.code, error.file], ['The package "zod" could not be loaded: no network', 'ERR_PACK_NOT_LOADED', 'server.js']);
  offline = false;
  assert.equal((await run("require('zod')")).value.ok, true);
  await answer({ do: 'stop' });
});
