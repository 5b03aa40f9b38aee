/** What an AssertionError says of two values that should be equal: their lines side by side, as Node 20 prints them. */
import { inspect } from '../../console/inspect';

const OPTIONS = { compact: false, customInspect: false, depth: 1000, maxArrayLength: Infinity, showHidden: false, showProxy: false, sorted: true, getters: true, breakLength: Infinity };
/** Two texts of together as many letters stand in one line. */
const SHORT = 12;
/** Lines as long as a terminal is wide have no mark under their first difference. */
const WIDE = 80;
/** Equal lines in a row that are all shown; of more the first and last two. */
const MOST_EQUAL = 5;
/** Equal lines at the end that are shown below the others that are left out. */
const LAST_EQUAL = 3;
/** Lines after which the rest is left out. */
const MOST_LINES = 50;

export const show = (value: unknown): string => inspect(value, OPTIONS);
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
export const isReference = (value: unknown): boolean => isObject(value) || typeof value === 'function';

/** The text of an error about two values that are not equal; `strict` compared them as they are, not what is in them. A program's own words stand at its head. */
export function difference(actual: unknown, expected: unknown, strict: boolean, words?: string): string {
  const [ours, theirs] = [show(actual), show(expected)].map((text) => text.split('\n')) as [string[], string[]];
  const both = strict && isReference(actual) && isReference(expected);
  const head = words || (both ? 'Expected "actual" to be reference-equal to "expected":' : `Expected values to be strictly ${strict ? '' : 'deep-'}equal:`);
  let mark = '';
  if (ours.length === 1 && theirs.length === 1 && ours[0] !== theirs[0]) {
    const [one, other] = [ours[0]!, theirs[0]!];
    const length = one.length + other.length;
    if (length <= SHORT && !isObject(actual) && !isObject(expected) && (actual !== 0 || expected !== 0)) return `${head}\n\n${one} !== ${other}\n`;
    if (length > SHORT && !both && length < WIDE) {
      let same = 0;
      while (one[same] === other[same]) same += 1;
      if (same > 2) mark = `\n  ${' '.repeat(same)}^`;
    }
  }
  if (ours.join('\n') === theirs.join('\n')) return sameStructure(ours);
  const end = commonEnd(ours, theirs);
  const rows = compareLines(ours, theirs);
  const skips = rows.skips || end.skips;
  return `${head}\n+ actual - expected${skips ? ' ... Lines skipped' : ''}\n${rows.text}${rows.isCut ? '' : `${end.text}${mark}`}`;
}

function sameStructure(lines: string[]): string {
  return `Values have same structure but are not reference-equal:\n\n${shortened(lines).join('\n')}\n`;
}

/** The lines of one value alone. */
function shortened(lines: string[]): string[] {
  return lines.length > MOST_LINES ? [...lines.slice(0, 46), '...'] : lines;
}

/** Takes the equal lines off the end of both, and answers what is shown of them. */
function commonEnd(ours: string[], theirs: string[]): { text: string; skips: boolean } {
  const lines: string[] = [];
  while (ours.length > 0 && theirs.length > 0 && ours.at(-1) === theirs.at(-1)) {
    lines.unshift(ours.pop()!);
    theirs.pop();
  }
  const skips = lines.length > LAST_EQUAL + 1;
  const shown = skips ? [lines[0], undefined, ...lines.slice(-LAST_EQUAL)] : lines;
  return { text: shown.map((line) => (line === undefined ? '\n...' : `\n  ${line}`)).join(''), skips };
}

/** Compares line by line, each with the one at its place; a comma at the end of one of them does not count. */
function compareLines(ours: string[], theirs: string[]): { text: string; skips: boolean; isCut: boolean } {
  let text = '';
  /** Lines of the expected value that wait for the next equal line. */
  let removed = '';
  let equal: string[] = [];
  let skips = false;
  let printed = 0;
  const tellEqual = (): void => {
    const isLong = equal.length > MOST_EQUAL;
    skips ||= isLong;
    const rest = isLong ? equal.slice(-2) : equal.slice(2);
    text += `${isLong ? '\n...' : ''}${rest.map((line) => `\n  ${line}`).join('')}`;
    printed += rest.length;
    equal = [];
  };
  const most = Math.max(ours.length, theirs.length);
  for (let at = 0; at < most; at += 1) {
    const [one, other] = [ours[at], theirs[at]];
    if (one !== undefined && other !== undefined && (one === other || one === `${other},` || `${one},` === other)) {
      text += removed;
      removed = '';
      equal.push(one.length > other.length ? one : other);
      if (equal.length <= 2) {
        text += `\n  ${equal.at(-1)}`;
        printed += 1;
      }
      continue;
    }
    tellEqual();
    if (one !== undefined) text += `\n+ ${one}`;
    if (other !== undefined) removed += `\n- ${other}`;
    printed += (one === undefined ? 0 : 1) + (other === undefined ? 0 : 1);
    if (printed > MOST_LINES && at < most - 2) return { text: `${text}\n...${removed}\n...`, skips: true, isCut: true };
  }
  return { text: `${text}${removed}`, skips, isCut: false };
}

/** The text of an error about values that should differ. */
export function likeness(head: string, actual: unknown): string {
  const shown = shortened(show(actual).split('\n'));
  if (shown.length > 1) return `${head}\n\n${shown.join('\n')}\n`;
  return `${head}${shown[0]!.length > 5 ? '\n\n' : ' '}${shown[0]}`;
}

/** The longest text of a value that was compared loosely. */
const LONGEST = 512;
const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}...` : text);

/** The text of an error of the loose comparisons of contents. */
export function looseDifference(actual: unknown, expected: unknown): string {
  return `Expected values to be loosely deep-equal:\n\n${cut(show(actual))}\n\nshould loosely deep-equal\n\n${cut(show(expected))}`;
}

/** The text of an error of `==` and `!=`. */
export function looseTest(actual: unknown, operator: string, expected: unknown): string {
  return `${cut(show(actual))} ${operator} ${cut(show(expected))}`;
}

/** The text of an error about what should not loosely equal something. */
export function looseLikeness(actual: unknown, expected: unknown): string {
  const [one, other] = [show(actual), show(expected)];
  if (one === other) return `Expected "actual" not to be loosely deep-equal to:\n\n${one.length > 1024 ? `${one.slice(0, 1021)}...` : one}`;
  return `Expected values not to be loosely deep-equal:\n\n${cut(one)}\n\nshould not loosely deep-equal\n\n${cut(other)}`;
}
