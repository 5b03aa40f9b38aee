// The guest list: POST /guests with JSON { name, seats } puts somebody on it.
const { serve } = require('./log');

const guests = [];

function readJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function answer({ method, path, type, body }) {
  if (path !== '/guests') return { status: 404, json: { error: `Nobody lives at ${path}` } };
  if (method === 'GET') return { status: 200, json: guests };
  if (method !== 'POST') return { status: 405, headers: { Allow: 'GET, POST' }, json: { error: `${method} does not work here` } };
  if (type !== 'application/json') return { status: 415, json: { error: `I read application/json, not ${type || 'a body without a type'}` } };
  const guest = readJson(body);
  if (guest === undefined) return { status: 400, json: { error: 'The body is not JSON' } };
  if (!guest || !guest.name || typeof guest.name !== 'string') return { status: 400, json: { error: 'Who is coming? name is missing' } };
  if (!Number.isInteger(guest.seats) || guest.seats < 1) {
    return { status: 400, json: { error: 'How many seats? seats is a number from 1' }, note: { guest } };
  }
  guests.push(guest);
  return { status: 201, headers: { Location: `/guests/${guests.length}` }, json: { id: guests.length, ...guest }, note: { guest } };
}

exports.open = (ready) => serve(answer, ready);
