/** Finds the folder that this copy of the site lies in, then loads the page's parts from there: a host shows 404.html at any depth. */
(async () => {
  const { body, head } = document;
  const parts = document.getElementById('parts').content;
  const sheet = parts.querySelector('link[rel="stylesheet"]');
  body.hidden = true;

  // The sheet's name is its content's hash, so no other site on this host has it.
  const holds = async (folder) => {
    const response = await fetch(new URL(sheet.getAttribute('href'), folder));
    // Some hosts answer any address with a page.
    if (!response.ok || !/^text\/css\b/.test(response.headers.get('content-type'))) throw new Error(`not in ${folder}`);
    return folder;
  };
  const { origin, pathname } = location;
  const folders = [...pathname.matchAll(/\//g)].map(({ index }) => origin + pathname.slice(0, index + 1));
  try {
    document.querySelector('base').href = await Promise.any(folders.map(holds));
  } catch {
    // No network: the words show, and links lead to the host's root.
  }
  sheet.onload = sheet.onerror = () => {
    body.hidden = false;
  };
  head.append(parts);
})();
