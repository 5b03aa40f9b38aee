/** The MongoDB shell as a learner types into it, in the Database tool and from the console. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PHONE } from '../lib/person.mjs';
import { openShell, output, prompt, type } from '../lib/shell.mjs';
import { hello, runServer, shows, tool, write } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

const LESSON = 'lessons/express-hello/';

for (const [size, viewport] of [['desktop', undefined], ['phone', PHONE]]) {
  test(`lines, completion, history and data that stays, on ${size}`, () =>
    visit({ path: LESSON, viewport }, async ({ page }) => {
      await openShell(page);
      await type(page, 'use shop', 'switched to db shop');
      await type(page, 'db.users.insertOne({ name: "Kishore", age: 21 })', /acknowledged: true,\s+insertedId: ObjectId\('[0-9a-f]{24}'\)/);
      await type(page, 'const grown = db.users.find({ age: { $gte: 18 } }).toArray()');
      await type(page, 'grown.map((user) => user.name)', "[ 'Kishore' ]");
      await type(page, 'db.users.find({ $where: function () { return this.age > 20; } }).toArray().length', '1');
      await type(page, 'db.users.updateOne({ name: "Kishore" }, { age: 22 })', 'MongoInvalidArgumentError: Update document requires atomic operators');
      await type(page, 'db.users.find({');
      await shows(page.locator('.sh-line'), '...');
      await type(page, '})', "name: 'Kishore', age: 21");
      await prompt(page).fill('db.us');
      await prompt(page).press('Tab');
      await page.waitForFunction(() => document.activeElement.value === 'db.users');
      await prompt(page).fill('');
      await prompt(page).press('ArrowUp');
      assert.equal(await prompt(page).inputValue(), '})');
      await type(page, 'cls');
      await shows(output(page), 'Type help');
      await page.reload();
      await openShell(page);
      await type(page, 'db.getSiblingDB("shop").users.countDocuments()', '1');
    }));
}

test('variables outlive a restart of the server', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await openShell(page);
    await type(page, 'var kept = 41');
    await write(page, hello('Hi'));
    await runServer(page);
    await openShell(page);
    await type(page, 'kept + 1', '42');
  }));

test('mongosh in the console runs code, and alone opens the shell', () =>
  visit({ path: LESSON }, async ({ page }) => {
    await tool(page, 'Console');
    const line = page.getByRole('textbox', { name: 'Evaluate in the server' });
    await line.fill("mongosh shop --eval 'db.users.insertOne({ _id: 1 })'");
    await line.press('Enter');
    await shows(page.getByRole('log', { name: 'Console output' }), '{ acknowledged: true, insertedId: 1 }');
    await line.fill('mongosh shop');
    await line.press('Enter');
    await shows(output(page), 'switched to db shop');
    await type(page, 'db.users.countDocuments()', '1');
  }));
