/** One visit: a host, a person, a first page; afterwards nothing may have gone wrong that the flow did not ask for. */
import assert from 'node:assert/strict';
import { host } from './server.mjs';
import { person } from './person.mjs';

/** Milliseconds after which something that does not show counts as missing. */
const PATIENCE = 20_000;

/**
 * Opens `path` below `base` in a fresh profile and calls `flow({ page, site, context, complaints, open })`.
 * `allow` names complaints that belong to the flow, such as the requests of a page without network.
 */
export async function visit({ base = '/', path = '', viewport, theme, allow } = {}, flow) {
  const site = await host(base);
  const someone = await person({ viewport, theme });
  try {
    someone.context.setDefaultTimeout(PATIENCE);
    const page = await someone.page(site.url + path);
    await flow({ page, site, context: someone.context, open: (path) => someone.page(site.url + path) });
    assert.deepEqual(someone.complaints.filter((complaint) => !allow?.test(complaint)), []);
  } finally {
    await someone.leave();
    site.close();
  }
}
