const express = require('express');
const app = express();

const users = [];
users.push({ name: 'Kishore' });

app.route('/users').get((req, res) => res.status(200).send(users));
app.route('/login').post((req, res) => res.type('text').send('Logged In'));

app.listen(3000);
