// Answers every request with what it received.
const { serve } = require('./log');

serve(({ method, path, query, type, body }) => ({
  status: 200,
  json: { method, path, query, type, body },
}), () => console.log('The echo server listens on http://localhost:3000'));
