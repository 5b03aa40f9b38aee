const app = require('express')();

app.post('/orders', (req, res) => res.location('/orders/7').status(201).send({ id: 7, state: 'new' }));
app.get('/robots.txt', (req, res) => res.header('content-type', 'text/plain').send('User-agent: *'));
app.get('/staff', (req, res) => res.status(403).json({ error: 'Staff only' }));
app.get('/old-shop', (req, res) => res.status(301).set({ Location: '/shop' }).send('We moved'));
app.listen(3000);
