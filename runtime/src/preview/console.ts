/** The Console tool hears what a previewed page prints, and what goes wrong in it. */
import { tell } from './requests';

type Level = 'log' | 'info' | 'warn' | 'error';

/** Prints a line of the preview's own. */
export const say = (level: Level, text: string): void => tell({ preview: 'console', level, text });

export function captureConsole(): void {
  for (const level of ['log', 'info', 'warn', 'error'] as const) {
    const original = console[level].bind(console);
    console[level] = (...values: unknown[]) => {
      original(...values);
      say(level, values.map(inspected).join(' '));
    };
  }
}

/** To be called again after `document.open`, which takes every listener away. */
export function captureErrors(): void {
  // What an element could not load is told to that element alone, so it is caught on the way there.
  addEventListener('error', ({ target, message }) => say('error', target instanceof Element ? unloaded(target) : message), true);
  addEventListener('unhandledrejection', ({ reason }) => say('error', `Uncaught (in promise) ${inspected(reason)}`));
}

function unloaded(element: Element): string {
  const address = element.getAttribute('src') ?? element.getAttribute('href') ?? '';
  if (element.matches('script[type="module"]')) {
    return `A module script did not load, or something that it imports did not: a preview loads scripts, but not the files that they import. ${written(address)}`.trim();
  }
  return `${written(address) || `<${element.localName}>`} did not load: a preview shows only what the server itself answers with.`;
}

/** An address as the page wrote it; those that the preview made say nothing. */
function written(address: string): string {
  return address.startsWith('blob:') ? '' : address;
}

function inspected(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return String(value);
  if (value instanceof Element) return `<${value.localName}>`;
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // A circle, a BigInt: a line of the console breaks no page.
    return String(value);
  }
}
