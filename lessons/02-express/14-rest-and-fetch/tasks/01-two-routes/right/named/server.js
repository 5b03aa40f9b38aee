const express = require('express');
const app = express();

function listUsers(request, response) {
  response.json(['Kishore'].map((name) => ({ name })));
}

function login(request, response) {
  response.end('Logged In');
}

app.post('/login', login);
app.get('/users', listUsers);

app.listen(3000);
