/** When two answers are the same: status, headers in their order, bytes. */

/** Frames of a stack differ from engine to engine, and an engine may have none to show. */
const FRAMES = /(?:<br>(?: &nbsp; &nbsp;|\s+)|\n {4})at .*?(?=<\/pre>|$)/s;

/**
 * What two answers say, as data that must be equal: `[own, real]`. A page that shows a stack is compared without its frames and its
 * length. `text` puts into words what the two sides call differently, such as the project's folder.
 */
export function pair(own, real, { method, ignore = [], text = (body) => body } = {}) {
  const bodies = [own, real].map((answer) => (answer.body === undefined ? '' : text(Buffer.from(answer.body).toString('latin1'))));
  const plain = bodies.map((body) => body.replace(FRAMES, ''));
  const isChanged = [own, real].some((answer, at) => answer.body !== undefined && plain[at] !== Buffer.from(answer.body).toString('latin1'));
  // The page of a HEAD is not sent, its length is.
  const unseen = method === 'HEAD' && own.status >= 400;
  const left = new Set(['date', ...ignore, ...(isChanged || unseen ? ['content-length', 'etag'] : [])]);
  return [own, real].map((answer, at) => (answer.status === undefined ? answer : {
    status: `${answer.status} ${answer.statusMessage}`,
    headers: answer.headers.filter(([name]) => !left.has(name.toLowerCase())).map(([name, value]) => `${name}: ${value}`),
    body: plain[at],
  }));
}

/** A sandbox's wire answer as what a client over a socket sees. */
export function fromSandbox(answer) {
  const { status, statusMessage, headers, body } = answer;
  if (!answer.failure) return { status, statusMessage, headers, body };
  return answer.failure.kind === 'hang' ? { hang: true } : answer.failure.kind === 'refused' ? { refused: true } : { reset: true };
}
