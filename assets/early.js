/** What cannot wait for the app: the theme before the first paint, loading the app after it, and buttons that are pressed before it is there. */
(() => {
  const root = document.documentElement;

  // Reads what `state::storage` keeps; the default is the system's.
  const path = new URL('./', document.baseURI).pathname;
  let theme = 'system';
  try {
    theme = JSON.parse(localStorage.getItem(`backlab:1:${path}:settings`) ?? '{}').theme ?? theme;
  } catch {
    // Blocked or damaged storage: the system decides.
  }
  const dark = theme === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark';
  root.dataset.theme = dark ? 'dark' : 'light';

  const load = () => document.head.append(document.getElementById('app-files').content);
  const onceRead = () => {
    // A tab in the background is not painted.
    if (document.hidden) load();
    else requestAnimationFrame(() => setTimeout(load));
  };
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', onceRead);
  else onceRead();

  // The page is readable before it can act; a press in between is done when it can.
  const nameOf = (button) => button.getAttribute('aria-label') ?? button.textContent.trim();
  let pressed;
  const note = ({ target }) => {
    const button = target instanceof Element && target.closest('button');
    if (button) pressed = nameOf(button);
  };
  addEventListener('click', note, true);
  new MutationObserver((_, observer) => {
    observer.disconnect();
    removeEventListener('click', note, true);
    if (pressed) [...document.querySelectorAll('button')].find((button) => nameOf(button) === pressed)?.click();
  }).observe(root, { attributeFilter: ['data-app'] });
})();
