// Sends the requests of a .http file one after the other and prints both sides of the talk.
const fs = require('fs');

const SHOWN = ['content-type', 'location', 'allow', 'retry-after'];

/** Cuts a file into requests, or says on which line it stops being a request. */
function read(text) {
  const requests = [];
  let request = null;
  let part = 'first';
  text.replace(/\{\{ *(\w+) *\}\}/g, '{{$1}}').split(/\r?\n/).forEach((line, index) => {
    const stop = (why) => {
      throw new Error(`Line ${index + 1}: ${why}`);
    };
    if (line.includes('____')) stop('a blank is still open');
    if (line.startsWith('###')) {
      part = 'first';
    } else if (part === 'body') {
      request.body += (request.body ? '\n' : '') + line;
    } else if (part === 'head' && line.trim() === '') {
      part = 'body';
    } else if (part === 'head') {
      const header = /^([\w-]+):\s*(.*)$/.exec(line);
      if (!header) stop('a header looks like "Name: value". Is an empty line missing above the body?');
      request.headers.push([header[1], header[2].trim()]);
    } else if (line.trim() !== '' && !line.startsWith('#')) {
      const first = /^([A-Za-z]+) +(\S+)(?: +HTTP\/1\.1)?\s*$/.exec(line);
      if (!first) stop('a request begins like "GET /path HTTP/1.1"');
      if (!/^(\/|\{\{)/.test(first[2])) stop('the path begins with a slash');
      request = { method: first[1].toUpperCase(), path: first[2], headers: [], body: '' };
      requests.push(request);
      part = 'head';
    }
  });
  return requests;
}

/** `{{location}}` is the header of the last answer, any other name a field of its JSON. */
function fill(text, last) {
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name) => String((name === 'location' ? last.location : last.json[name]) ?? whole));
}

async function send(requests) {
  let last = { location: null, json: {} };
  for (const request of requests) {
    const path = fill(request.path, last);
    const headers = request.headers.filter(([name]) => name.toLowerCase() !== 'host').map(([name, value]) => [name, fill(value, last)]);
    const body = fill(request.body.trim(), last);
    console.log(`> ${request.method} ${path}`);
    headers.forEach(([name, value]) => console.log(`> ${name}: ${value}`));
    if (body) console.log(`>\n> ${body.split('\n').join('\n> ')}`);
    const options = { method: request.method, headers, redirect: 'manual' };
    if (body && request.method !== 'GET' && request.method !== 'HEAD') options.body = Buffer.from(body);
    const response = await fetch(`http://localhost:3000${path}`, options);
    const text = await response.text();
    console.log(`< ${response.status}`);
    SHOWN.forEach((name) => response.headers.get(name) && console.log(`< ${name}: ${response.headers.get(name)}`));
    console.log(`<\n< ${text}\n`);
    last = { location: response.headers.get('location'), json: fields(text) };
  }
}

function fields(text) {
  try {
    return JSON.parse(text) || {};
  } catch {
    return {};
  }
}

/** Sends a file, and resolves to the reason why it could not be sent, if there is one. */
exports.send = async function (file) {
  try {
    await send(read(fs.readFileSync(file, 'utf8')));
    return undefined;
  } catch (error) {
    console.log(`${file} was not sent. ${error.message}`);
    return error.message;
  }
};
