const app = require('express')();

let entry = { visits: 0, last: null };

const house = {
  old: (req, res) => res.status(301).location('/new').end(),
  new: (req, res) => res.format({ text: () => res.send('Welcome'), default: () => res.type('txt').send('Welcome') }),
};

for (const [name, show] of Object.entries(house)) app.get(`/${name}`, show);

app.get('/visits', (req, res) => res.json(entry));
app.post('/visits', (req, res) => {
  entry = { visits: entry.visits + 1, last: req.headers['x-name'] };
  res.location('/visits');
  res.status(201);
  res.send(entry);
});
app.post('/reset', (req, res) => {
  entry = { visits: 0, last: null };
  res.status(204).json({ done: true });
});

app.listen(3000);
