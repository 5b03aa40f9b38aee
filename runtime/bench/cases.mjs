/** The applications that the benchmark serves, for Express and in the words of others. */
const BODY = JSON.stringify({ title: 'Tea', price: 12, tags: ['hot', 'green'] });
const JSON_HEADERS = [['Host', 'localhost'], ['Content-Type', 'application/json'], ['Content-Length', String(BODY.length)]];
const USER = "app.get('/users/:id', (req, res) => res.json({ id: req.params.id, name: 'Asha' }));";
const GET_USER = { url: '/users/42' };

/** `app`: Express's. `routes`, `post`, `layers`: what others need to serve the same: routes before the one that fits, a body to send back, middleware. */
export const CASES = {
  'GET /users/:id': { app: USER, request: GET_USER, routes: 0, layers: 0 },
  'behind 50 routes': {
    app: `for (let i = 0; i < 50; i += 1) app.get('/things' + i + '/:id', (req, res) => res.json({ i }));\n${USER}`,
    request: GET_USER,
    routes: 50,
    layers: 0,
  },
  'POST JSON': {
    app: "app.use(express.json());\napp.post('/items', (req, res) => res.status(201).json(req.body));",
    request: { method: 'POST', url: '/items', headers: JSON_HEADERS, body: BODY },
    routes: 0,
    layers: 0,
    post: true,
  },
  '10 middleware': {
    app: `for (let i = 0; i < 10; i += 1) app.use((req, res, next) => { req['m' + i] = i; next(); });\n${USER}`,
    request: GET_USER,
    routes: 0,
    layers: 10,
  },
};

/** The module that makes the application. */
export const source = (app) => `const express = require('express');\nconst app = express();\n${app}\nmodule.exports = app;`;
