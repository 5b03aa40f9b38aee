/** `document.cookie` of a previewed page, over the cookies that its requests carry. */
import { askCookies, onAnswer } from './requests';

/** Puts it in place for the page at `url`; resolves once the cookies are there. */
export async function giveCookies(url: string): Promise<void> {
  let shown = '';
  let asked = 0;
  const refresh = async (set?: string): Promise<void> => {
    asked += 1;
    const turn = asked;
    const cookies = await askCookies(url, set);
    // A later question has a later answer.
    if (turn === asked) shown = cookies;
  };
  Object.defineProperty(Document.prototype, 'cookie', {
    configurable: true,
    enumerable: true,
    get: () => shown,
    set(text: string) {
      shown = assigned(shown, String(text));
      void refresh(String(text));
    },
  });
  // An answer may have set some.
  onAnswer(refresh);
  await refresh();
}

/** What a script reads right after it assigned `text`, before the jar has said what it holds. */
function assigned(shown: string, text: string): string {
  const pair = text.split(';', 1)[0]!.trim();
  const name = pair.split('=', 1)[0]!;
  const rest = shown.split('; ').filter((old) => old !== '' && old.split('=', 1)[0] !== name);
  const ends = /;\s*max-age\s*=\s*(0|-\d+)/i.test(text) || Date.parse(/;\s*expires\s*=\s*([^;]+)/i.exec(text)?.[1] ?? '') < Date.now();
  return (ends ? rest : [...rest, pair]).join('; ');
}
