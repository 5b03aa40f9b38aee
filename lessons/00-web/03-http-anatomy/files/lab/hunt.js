// The treasure hunt. Its places and its flag are new at every start.
const { serve } = require('./log');

const chance = () => Math.random().toString(36).slice(2, 8);
const cave = `/cave/${process.env.CAVE || chance()}`;
const flag = process.env.FLAG || chance();

function answer({ method, path, type, headers, body }) {
  if (path === '/start') return { status: 302, headers: { Location: cave }, json: { next: 'Go where Location says' } };
  if (path === cave) {
    const role = headers['x-role'];
    if (!role) return { status: 401, json: { error: 'Who are you? Say it in a header: X-Role: student' } };
    if (role !== 'student') return { status: 403, json: { error: `This cave is for students, not for ${role}` } };
    return { status: 200, json: { flag, next: 'POST it to /chest as JSON: { "flag": … }' } };
  }
  if (path !== '/chest') return { status: 404, json: { error: `There is nothing at ${path}` } };
  if (method !== 'POST') return { status: 405, headers: { Allow: 'POST' }, json: { error: 'The chest takes a POST' } };
  if (type !== 'application/json') return { status: 415, json: { error: 'The chest reads application/json' } };
  let sent;
  try {
    sent = JSON.parse(body);
  } catch {
    return { status: 400, json: { error: 'The body is not JSON' } };
  }
  if (!sent || sent.flag !== flag) return { status: 409, json: { error: 'That is not the flag of this hunt' } };
  return { status: 201, json: { open: true } };
}

exports.open = (ready) => serve(answer, ready);
