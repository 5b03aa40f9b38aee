/** What cannot wait for the app: the theme before the first paint, loading the app after it, and what readers press or fill in before it is there. */
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

  // The page is readable before it can act; what is pressed or filled in before then is done again on the app's own page.
  const FIELDS = 'input, select, textarea';
  const nameOf = (button) => button.getAttribute('aria-label') ?? button.textContent.trim();
  const placeOf = (field) => {
    const { id } = field.parentElement.closest('[id]');
    return { id, index: [...document.getElementById(id).querySelectorAll(FIELDS)].indexOf(field) };
  };
  let pressed;
  let focused;
  const filled = new Map();
  const notes = {
    click({ target }) {
      const button = target instanceof Element && target.closest('button');
      if (button) pressed = nameOf(button);
    },
    input: ({ target }) => filled.set(target, placeOf(target)),
    focusin: ({ target }) => (focused = target),
  };
  const fillAgain = (old, { id, index }) => {
    const field = document.getElementById(id)?.querySelectorAll(FIELDS)[index];
    if (!field) return;
    if (old.type === 'radio' || old.type === 'checkbox') {
      if (field.checked !== old.checked) field.click();
    } else {
      field.value = old.value;
      for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
    }
    if (old === focused) field.focus();
  };
  for (const [type, note] of Object.entries(notes)) addEventListener(type, note, true);
  new MutationObserver((_, observer) => {
    observer.disconnect();
    for (const [type, note] of Object.entries(notes)) removeEventListener(type, note, true);
    for (const [old, place] of filled) fillAgain(old, place);
    if (pressed) [...document.querySelectorAll('button')].find((button) => nameOf(button) === pressed)?.click();
  }).observe(root, { attributeFilter: ['data-app'] });
})();
