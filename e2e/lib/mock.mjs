/** The mock API as a page of this origin reaches it: real `fetch`, carried by the service worker. */
import assert from 'node:assert/strict';

/** Waits until the service worker carries this page's requests. */
export const carried = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        if (navigator.serviceWorker.controller) resolve();
        else navigator.serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true });
      }),
  );

/** Sends a request to `api/<path>` and resolves to `{ status, body }`. */
export const call = (page, path, options) =>
  page.evaluate(
    async ([path, options]) => {
      const response = await fetch(new URL(`api/${path}`, document.baseURI), options);
      return { status: response.status, body: await response.json() };
    },
    [path, options],
  );

/** The names of all users. */
export async function userNames(page) {
  const names = [];
  for (let number = 1; ; number += 1) {
    const { status, body } = await call(page, `users?limit=50&page=${number}`);
    assert.equal(status, 200, JSON.stringify(body));
    const users = body.data;
    if (users.length === 0) return names;
    names.push(...users.map((user) => user.name));
  }
}
