/** A learner's Mongoose server on the database in the page: it runs, the trace shows its work, a reload and a lost network keep the data. */
import { test } from 'node:test';
import { carried } from '../lib/mock.mjs';
import { responseOf, runServer, send, shows, tool, write } from '../lib/steps.mjs';
import { visit } from '../lib/visit.mjs';

const SHOP = `const express = require('express');
const mongoose = require('mongoose');

const User = mongoose.model('User', new mongoose.Schema({
  email: { type: String, required: true, unique: true },
  role: { type: String, enum: ['user', 'admin'], default: 'user' },
}, { timestamps: true }));

const app = express();
app.use(express.json());
app.get('/users', async (req, res) => res.json(await User.find().sort('email')));
app.post('/users', async (req, res) => {
  try {
    res.status(201).json(await User.create(req.body));
  } catch (error) {
    res.status(error.code === 11000 ? 409 : 400).json({ error: error.message });
  }
});

mongoose.connect('mongodb://localhost:27017/shop').then(async () => {
  await User.init();
  app.listen(3000);
});
`;
const LIBRARY = `const express = require('express');
const mongoose = require('mongoose');
const { Schema } = mongoose;

const Author = mongoose.model('Author', new Schema({ name: String }));
const Book = mongoose.model('Book', new Schema({ title: String, author: { type: Schema.Types.ObjectId, ref: 'Author' } }));

mongoose.connect('mongodb://localhost:27017/library').then(async () => {
  await Author.create({ name: 'Asha' });
  await Book.create({ title: 'By nobody' });
  express().listen(3000);
});
`;
const USERS = 'http://localhost:3000/users';
const add = (page, user) => send(page, 'POST', USERS, JSON.stringify(user));

for (const base of ['/', '/some/sub/path/']) {
  test(`Mongoose in the page under ${base}`, () =>
    // The browser reports its own look for a newer service worker as failed.
    visit({ base, path: 'playground/', allow: /sw\.js/ }, async ({ page, site, context }) => {
      await page.getByRole('button', { name: /Use Hello, Express/ }).click();
      await write(page, SHOP);
      await runServer(page);
      await add(page, { email: 'asha@example.com' });
      await shows(responseOf(page), /"role": ?"user"/);
      await add(page, { email: 'asha@example.com' });
      await shows(responseOf(page), 'E11000 duplicate key error collection: shop.users index: email_1');
      await add(page, { email: 'ravi@example.com', role: 'king' });
      await shows(responseOf(page), 'is not a valid enum value');
      await tool(page, 'Database');
      await shows(page.getByRole('tabpanel'), 'shop.users');

      await carried(page);
      await context.setOffline(true);
      site.close();
      await page.reload();
      await runServer(page);
      await send(page, 'GET', USERS);
      await shows(responseOf(page), 'asha@example.com');
    }));
}

test('the diagram shows what schemas refer to, before a document does', () =>
  visit({ path: 'playground/' }, async ({ page }) => {
    await page.getByRole('button', { name: /Use Hello, Express/ }).click();
    await write(page, LIBRARY);
    await runServer(page);
    await tool(page, 'Database');
    await page.getByRole('tab', { name: /How it fits together/ }).click();
    await page.getByRole('img', { name: 'books.author refers to authors' }).waitFor();
  }));
