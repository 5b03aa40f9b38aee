const fs = require('node:fs');
const { add, all } = require('./notes.repo');
const app = require('express')();

const notes = [];

app.post('/notes', async (req, res) => {
  notes.push('note');
  fs.appendFileSync('notes.txt', 'note\n');
  await add('note');
  res.sendStatus(201);
});

app.get('/memory', (req, res) => {
  console.log(notes.length);
  res.sendStatus(204);
});

app.get('/file', (req, res) => {
  const lines = fs.readFileSync('notes.txt', 'utf8').trim().split('\n');
  console.log(lines.length);
  res.sendStatus(204);
});

app.get('/database', async (req, res) => {
  const stored = await all();
  console.log(stored.length);
  res.sendStatus(204);
});

app.listen(3000);
