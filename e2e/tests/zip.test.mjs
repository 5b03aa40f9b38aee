/** A project leaves as a zip file that Node runs, and comes back as a zip file or as a folder. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { button, editor, hello, pane, responseOf, runServer, send, shows, write } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';
import { unzip } from '../lib/zip.mjs';

const PHONE = { width: 390, height: 844 };
const MENU = 'Share or export this project';
const DOWNLOAD = 'Download as a zip file';

/** Downloads the open project from the workbench; resolves to the file's name, its path on disk and what is in it. */
async function download(page) {
  await button(page, MENU).click();
  const [saved] = await Promise.all([page.waitForEvent('download'), button(page, DOWNLOAD).click()]);
  const path = await saved.path();
  return { name: saved.suggestedFilename(), path, files: unzip(await readFile(path)) };
}

/** Picks a file or a folder by a button of the open menu or of the Playground. */
const pick = (page, name, picked) => page.getByLabel(name).setInputFiles(picked);

/** Runs what is open and asks it for `/`. */
async function answers(page, text) {
  await runServer(page);
  await send(page, 'GET', '/');
  await shows(responseOf(page), text);
}

async function thereAndBack(viewport) {
  await visit({ path: 'lessons/express-hello/', viewport }, async ({ page }) => {
    await write(page, hello('Packed and unpacked'));
    const { name, path, files } = await download(page);
    const folder = name.replace(/\.zip$/, '');
    assert.deepEqual(Object.keys(files).sort(), ['README.md', 'package.json', 'server.js'].map((file) => `${folder}/${file}`));
    assert.equal(files[`${folder}/server.js`], hello('Packed and unpacked'));
    const { scripts, dependencies } = JSON.parse(files[`${folder}/package.json`]);
    assert.equal(scripts.start, 'node server.js');
    assert.ok('express' in dependencies);

    // What is open stays as it is, and the import is a project of its own.
    await write(page, hello('Still in the lesson'));
    await button(page, MENU).click();
    await pick(page, 'Import a zip file', { name, mimeType: 'application/zip', buffer: await readFile(path) });
    await shows(page.getByRole('status'), 'was imported');
    await page.waitForURL(/\/playground\/\?/);
    await shows(editor(page), "res.send('Packed and unpacked');");
    await answers(page, 'Packed and unpacked');
    await page.goBack();
    await pane(page, 'Code');
    await shows(editor(page), "res.send('Still in the lesson');");
  });
}

test('a project of a lesson leaves as a zip file and comes back as an own project', () => thereAndBack());

test('the same on a phone', () => thereAndBack(PHONE));

test('a project of the Playground leaves from its list, and a folder comes in with its sub-folders', () =>
  visit({ path: 'playground/' }, async ({ page }) => {
    await page.getByRole('button', { name: /REST users/ }).click();
    await editor(page).waitFor();
    await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link').click();
    const [saved] = await Promise.all([page.waitForEvent('download'), button(page, 'Download REST users as a zip file').click()]);
    assert.equal(saved.suggestedFilename(), 'rest-users.zip');
    const files = unzip(await readFile(await saved.path()));
    assert.ok('rest-users/users.js' in files, Object.keys(files).join());

    const folder = join(await mkdtemp(join(tmpdir(), 'backlab-')), 'shop');
    const content = {
      'server.js': "const app = require('express')();\napp.use(require('./routes/home'));\napp.listen(3000);\n",
      'routes/home.js': "const router = require('express').Router();\nrouter.get('/', (req, res) => res.send('From a folder'));\nmodule.exports = router;\n",
      'node_modules/express/index.js': "throw new Error('not this one');\n",
    };
    for (const [path, text] of Object.entries(content)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    await pick(page, 'Import a folder', folder);
    await shows(page.getByRole('status'), 'shop was imported');
    await answers(page, 'From a folder');
    await rm(dirname(folder), { recursive: true });
  }));

test('a file that is no zip is refused with the reason, and nothing changes', () =>
  visit({ path: 'lessons/express-hello/' }, async ({ page }) => {
    await write(page, hello('Here before'));
    await button(page, MENU).click();
    await pick(page, 'Import a zip file', { name: 'notes.zip', mimeType: 'application/zip', buffer: Buffer.from('only text') });
    await shows(page.getByRole('alert'), 'notes.zip cannot be read as a zip file');
    await shows(editor(page), "res.send('Here before');");
    await page.keyboard.press('Escape');
    await button(page, DOWNLOAD).waitFor({ state: 'detached' });
    await button(page, 'Settings').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Hinglish' }).click();
    await page.keyboard.press('Escape');
    await button(page, 'Yeh project share ya export karo').click();
    await pick(page, 'Zip file import karo', { name: 'notes.zip', mimeType: 'application/zip', buffer: Buffer.from('only text') });
    await shows(page.getByRole('alert'), 'notes.zip zip file ki tarah padhi nahi ja rahi');
  }));
