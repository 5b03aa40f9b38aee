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

  // The page is readable before it can act, and its exercises and its workbench act last (`data-waits`): what is pressed, typed as a shortcut or filled in before then is done again on the app's own page.
  const KEYS_LAST_MS = 5000;
  const FIELDS = 'input, select, textarea';
  const WAITING = '[data-waits]';
  const waits = (element) => root.dataset.app === undefined || element.closest(WAITING) !== null;
  const nameOf = (button) => button.getAttribute('aria-label') ?? button.textContent.trim();
  const placeOf = (element, alike) => {
    const { id } = element.parentElement.closest('[id]');
    return { id, alike, label: element.getAttribute('aria-label'), index: [...document.getElementById(id).querySelectorAll(alike)].indexOf(element) };
  };
  const at = ({ id, alike, label, index }) => {
    const all = [...(document.getElementById(id)?.querySelectorAll(alike) ?? [])];
    // Rows have fields of the same names.
    const same = (element) => element?.getAttribute('aria-label') === label;
    return label === null || same(all[index]) ? all[index] : (all.find(same) ?? all[index]);
  };
  // Buttons, and the ids of what they stand in.
  const pressed = new Map();
  let focused;
  let focusedAt;
  let keys = [];
  const filled = new Map();
  const notes = {
    click({ target }) {
      const button = target instanceof Element && target.closest('button');
      if (button && waits(button)) pressed.set(button, button.parentElement.closest('[id]')?.id);
    },
    input({ target }) {
      if (waits(target)) filled.set(target, placeOf(target, FIELDS));
    },
    submit(event) {
      // The browser would load another page.
      if (waits(event.target)) event.preventDefault();
    },
    keydown(event) {
      // With the one before it: some shortcuts are two keys.
      if (!(event.target instanceof Element && event.target.closest(FIELDS))) keys = [...keys.slice(-1), event];
    },
    focusin({ target }) {
      focused = target;
      focusedAt = waits(target) ? placeOf(target, target.localName) : undefined;
    },
  };
  const buttonLike = (old, id) => {
    // Cards have buttons of the same names.
    const place = document.getElementById(id);
    return [...document.querySelectorAll('button')].find((button) => nameOf(button) === nameOf(old) && (place === null || place.contains(button)));
  };
  const fillAgain = (field, old) => {
    if (old.type === 'radio' || old.type === 'checkbox') {
      if (field.checked !== old.checked) field.click();
    } else {
      field.value = old.value;
      for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
    }
  };
  const focusAgain = () => {
    if (focusedAt && !focused.isConnected && document.activeElement === document.body) at(focusedAt)?.focus();
  };
  for (const [type, note] of Object.entries(notes)) addEventListener(type, note, true);
  const drawn = () => new Promise((resolve) => setTimeout(resolve));
  const doAgain = async () => {
    // Who is typing goes on at once.
    for (const [old, place] of [...filled].sort(([a], [b]) => Number(b === focused) - Number(a === focused))) {
      const field = !old.isConnected && at(place);
      if (!field) continue;
      filled.delete(old);
      fillAgain(field, old);
      focusAgain();
      // The next field may be drawn anew for this one.
      await drawn();
    }
    focusAgain();
    for (const [old, id] of pressed) {
      if (old.isConnected) continue;
      pressed.delete(old);
      const button = buttonLike(old, id);
      if (!button) continue;
      button.click();
      await drawn();
    }
  };
  const end = (observer) => {
    if (document.querySelector(WAITING)) {
      // What was touched before the app could listen brings the workbench.
      if (focused?.closest(WAITING)) focused.focus();
      for (const old of [...pressed.keys(), ...filled.keys()]) old.dispatchEvent(new Event('pointerdown', { bubbles: true }));
      return;
    }
    observer.disconnect();
    for (const [type, note] of Object.entries(notes)) removeEventListener(type, note, true);
    // What the page could do by itself is done.
    for (const key of keys) {
      if (!key.defaultPrevented && performance.now() - key.timeStamp < KEYS_LAST_MS) document.activeElement.dispatchEvent(new KeyboardEvent('keydown', key));
    }
  };
  // The attribute is written when the app is there, and again when its exercises and its workbench are, a moment after they are drawn: who is typing would notice.
  let done = Promise.resolve();
  new MutationObserver((changes, observer) => {
    if (root.dataset.app === undefined) return;
    done = done.then(doAgain);
    if (changes.some(({ type }) => type === 'attributes')) done = done.then(() => end(observer));
  }).observe(root, { attributeFilter: ['data-app'], childList: true, subtree: true });
})();
