/** Sets the learner's theme before the first paint. Reads what `state::storage` keeps; the default is the system's. */
(() => {
  const path = new URL('./', document.baseURI).pathname;
  let theme = 'system';
  try {
    theme = JSON.parse(localStorage.getItem(`backlab:1:${path}:settings`) ?? '{}').theme ?? theme;
  } catch {
    // Blocked or damaged storage: the system decides.
  }
  const dark = theme === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark';
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
