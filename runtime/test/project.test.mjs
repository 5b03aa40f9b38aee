/** Projects as zip files: what leaves runs in Node, and what comes is a project or a reason why not. */
import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { packDefines } from '../build-packs.mjs';
import { built, started } from './support.mjs';

const source = (file) => JSON.stringify(fileURLToPath(new URL(`../src/project/${file}.ts`, import.meta.url)));
const bundle = join(built, 'project.mjs');
await build({ bundle: true, format: 'esm', define: packDefines, outfile: bundle, logLevel: 'error', stdin: { contents: `export * from ${source('index')}; export * from ${source('manifest')};`, resolveDir: built } });
const { exported, exportProject, importPicked, importZip, manifest, packageName, used, entryOf } = await import(pathToFileURL(bundle).href);

const versions = { ...JSON.parse(packDefines.PACKS), ...JSON.parse(packDefines.OWN_PACKAGES) };

for (const [code, names] of [
  ["const express = require('express')", ['express']],
  ["import express, { Router } from 'express';\nimport cors from \"cors\";\nimport 'dotenv/config';", ['cors', 'dotenv', 'express']],
  ["const { nanoid } = await import('nanoid/non-secure')", ['nanoid']],
  ["require('fs'); require('./routes'); require('lodash')", []],
  ["app.get('/cors', (req, res) => res.send('express'))", []],
]) test(`packages of ${code}`, () => assert.deepEqual(used({ 'server.js': code }), names));
test('a view engine is a package of its files', () => assert.deepEqual(used({ 'views/index.ejs': '' }), ['ejs']));

for (const [name, safe] of [['My Shop!', 'my-shop'], ['Hello, Express 2', 'hello-express-2'], ['café', 'cafe'], ['नमस्ते', 'project'], ['..', 'project']]) {
  test(`npm takes ${name} as ${safe}`, () => assert.equal(packageName(name), safe));
}

test('a package.json is made', () => {
  assert.deepEqual(JSON.parse(manifest('My Shop', { 'server.js': "require('express'); require('jsonwebtoken')" }, 'server.js')), {
    name: 'my-shop', version: '1.0.0', private: true, scripts: { start: 'node server.js', dev: 'node --watch server.js' },
    dependencies: { express: versions.express, jsonwebtoken: versions.jsonwebtoken }, engines: { node: '>=20.19' },
  });
});
test('a package.json is completed', () => {
  const own = { name: 'mine', type: 'module', main: 'app.js', scripts: { start: 'nodemon app.js' }, dependencies: { express: '^4.0.0', lodash: '^4.17.0' }, license: 'MIT' };
  const made = JSON.parse(manifest('x', { 'package.json': JSON.stringify(own), 'app.js': "import cors from 'cors'" }, 'app.js'));
  assert.deepEqual(made.dependencies, { cors: versions.cors, express: versions.express, lodash: '^4.17.0' });
  assert.deepEqual(made.devDependencies, { nodemon: versions.nodemon });
  assert.deepEqual([made.name, made.type, made.main, made.license, made.scripts.start], ['mine', 'module', 'app.js', 'MIT', 'nodemon app.js']);
});
test('a broken package.json is replaced', () => assert.equal(JSON.parse(manifest('x', { 'package.json': '{' }, 'a.js')).scripts.start, 'node a.js'));
test('a README of the learner stays alone', () => {
  assert.ok(exported('x', {}, 'server.js')['README.md'].startsWith('# x\n'));
  assert.equal('README.md' in exported('x', { 'readme.txt': 'mine' }, 'server.js'), false);
});

for (const [files, entry] of [
  [{ 'server.js': '', 'app.js': '' }, 'server.js'],
  [{ 'app.js': '', 'package.json': '{"scripts":{"start":"node --watch app.js"}}' }, 'app.js'],
  [{ 'bin/www.js': '', 'package.json': '{"main":"bin/www.js"}' }, 'bin/www.js'],
  [{ 'index.js': '' }, 'index.js'],
  [{ 'app.js': '' }, 'app.js'],
]) {
  test(`${Object.keys(files)} starts with ${entry}, here and in the sandbox`, async () => {
    assert.equal(entryOf(files), entry);
    const sandbox = await started({ ...files, [entry]: "console.log('ran', process.argv[1])" });
    assert.equal(sandbox.printed(), `ran /app/${entry}`);
    await sandbox.close();
  });
}

test('a zip comes back as it left', () => {
  const files = { 'server.js': "require('express')", 'routes/é.js': 'ü' };
  const { file, bytes } = exportProject('My Shop', files, 'server.js');
  assert.equal(file, 'my-shop.zip');
  assert.ok(Object.keys(unzipSync(bytes)).every((path) => path.startsWith('my-shop/')));
  assert.deepEqual(importZip(file, bytes), { name: 'my-shop', files: exported('My Shop', files, 'server.js'), left: [] });
});

const zip = (files) => zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, typeof text === 'string' ? strToU8(text) : text])));
for (const [name, files, expected] of [
  ['without a folder', { 'server.js': 'a', 'lib/b.js': 'b' }, { name: 'x', files: { 'server.js': 'a', 'lib/b.js': 'b' }, left: [] }],
  ['with what tools made', { 'p/server.js': 'a', 'p/node_modules/e/index.js': 'e', 'p/.git/HEAD': 'h', 'p/package-lock.json': '{}', '__MACOSX/p/._server.js': 'm', 'p/.env': 'A=1' }, { name: 'p', files: { 'server.js': 'a', '.env': 'A=1' }, left: [] }],
  ['with pictures', { 'p/server.js': 'a', 'p/logo.png': new Uint8Array([137, 80, 0, 1]), 'p/latin1.txt': new Uint8Array([233]) }, { name: 'p', files: { 'server.js': 'a' }, left: ['logo.png', 'latin1.txt'] }],
]) test(`a zip ${name}`, () => assert.deepEqual(importZip('x (2).zip', zip(files)), expected));

for (const [name, bytes, message] of [
  ['no zip', strToU8('hello'), /^x\.zip cannot be read as a zip file/],
  ['an empty zip', zip({}), /holds no text file/],
  ['only pictures', zip({ 'a.png': new Uint8Array([0]) }), /holds no text file/],
  ['a way out', zip({ 'a.js': '', '../../etc/passwd': 'x' }), /outside of its own folder: \.\.\/\.\.\/etc\/passwd/],
  ['an absolute path', zip({ '/etc/passwd': 'x' }), /outside of its own folder/],
  ['too many files', zip(Object.fromEntries(Array.from({ length: 301 }, (_, at) => [`${at}.js`, 'x']))), /has 301 files; a project here holds 300/],
  ['too much text', zip({ 'a.js': 'x'.repeat(1_200_000) }), /has 1\.2 MB of text/],
  ['a zip bomb', zip({ 'a.js': 'x'.repeat(21_000_000) }), /unpacks to more than 20 MB/],
]) test(`refused: ${name}`, () => assert.throws(() => importZip('x.zip', bytes), (error) => error.name === 'ImportError' && message.test(error.message)));

test('a folder that was picked', async () => {
  const pick = (path, text) => Object.defineProperty(new File([text], path.split('/').at(-1)), 'webkitRelativePath', { value: path });
  const picked = [pick('shop/server.js', 'a'), pick('shop/node_modules/x.js', 'x'), pick('shop/lib/a.js', 'b')];
  assert.deepEqual(await importPicked(picked), { name: 'shop', files: { 'server.js': 'a', 'lib/a.js': 'b' }, left: [] });
  await assert.rejects(importPicked([]), /Nothing was picked/);
});
