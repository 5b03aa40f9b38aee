/** Serves 100 000 requests in one sandbox and prints the heap after the first fifth and at the end: run with --expose-gc. */
import { createSandbox } from '../support.mjs';

const COUNT = 100_000;
const sandbox = await createSandbox({
  clock: 'virtual', seed: 'memory',
  files: {
    'server.js': `const express = require('express'); const app = express(); app.use(express.json());
app.use((req, res, next) => { req.user = { name: 'Asha' }; res.set('X-A', 'b'); next(); });
app.get('/users/:id', (req, res) => res.cookie('seen', req.params.id).json({ id: req.params.id }));
app.post('/users', async (req, res) => { await null; res.status(201).json(req.body); });
app.get('/later', (req, res) => setTimeout(() => res.send('later'), 5));
app.get('/fails', () => { throw new Error('no'); });
app.listen(3000);`,
  },
});
const started = await sandbox.start();
if (!started.ok) throw new Error('the server did not start');

const requests = [
  { method: 'GET', url: 'http://localhost:3000/users/7', headers: [] },
  { method: 'POST', url: 'http://localhost:3000/users', headers: [['Content-Type', 'application/json']], body: '{"name":"Ravi","tags":[1,2,3]}' },
  { method: 'GET', url: 'http://localhost:3000/later', headers: [] },
  { method: 'GET', url: 'http://localhost:3000/none?q=1', headers: [] },
  { method: 'GET', url: 'http://localhost:3000/fails', headers: [] },
];

function heap() {
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

const answers = {};
let early = 0;
for (let at = 0; at < COUNT; at += 1) {
  // Errors are rare, as each prints its stack.
  const answer = await sandbox.send(requests[at % 50 === 0 ? 4 : at % 4]);
  answers[answer.status] = (answers[answer.status] ?? 0) + 1;
  if (at === COUNT / 5) early = heap();
}
console.log(JSON.stringify({ early, late: heap(), answers }));
await sandbox.close();
