const express = require('express');

const app = express();
const visitors = { count: 0, name: null };
const show = (res, status = 200) => res.status(status).json({ visits: visitors.count, last: visitors.name });

app.use('/new', (req, res) => res.set({ 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-cache' }).send('Here'));
app.all('/old', (req, res) => res.redirect(301, '/new'));
app.get('/visits', (req, res) => show(res));
app.post('/visits', async (req, res) => {
  visitors.count += 1;
  visitors.name = await Promise.resolve(req.header('x-name'));
  res.append('Location', '/visits');
  show(res, 201);
});
app.post('/reset', (req, res) => {
  Object.assign(visitors, { count: 0, name: null });
  res.status(204).end();
});

const server = app.listen(3000, () => console.log(server.address().port));
