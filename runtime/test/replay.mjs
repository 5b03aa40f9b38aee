/** Replays the snippets of a lesson as their transcripts say; used by hand and by tests. */
import { readFileSync, readdirSync, existsSync } from 'node:fs';
import { join } from 'node:path';

/** Snippets of a lesson: code and transcript. */
export function snippets(markdown) {
  const found = [];
  const pattern = /```js run #([\w-]+)\n([\s\S]*?)```\s*```output\n([\s\S]*?)```/g;
  for (const [, id, code, output] of markdown.matchAll(pattern)) found.push({ id, code, output });
  return found;
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** `…` stands for any text. */
const fits = (pattern, text) => new RegExp(`^${pattern.split('…').map(escaped).join('[\\s\\S]*')}$`).test(text);

/** Runs one snippet; answers what did not hold. */
export async function replay(grader, files, { code, output }) {
  const problems = [];
  const sandbox = 'snippet';
  const opened = await grader.answer({ do: 'open', sandbox, project: { files: { ...files, 'server.js': code } } });
  let { record } = opened;
  let printed = record.console.join('\n');
  const lines = output.replace(/\n$/, '').split('\n');
  let expected = [];
  const flush = (what) => {
    if (!fits(expected.join('\n'), printed)) problems.push(`${what}: printed ${JSON.stringify(printed)}, expected ${JSON.stringify(expected.join('\n'))}`);
    expected = [];
    printed = '';
  };
  let sent = '';
  for (const line of lines) {
    if (line.startsWith('> ')) {
      flush(sent || 'start');
      sent = line.slice(2);
      const [method, path, ...body] = sent.split(' ');
      const action = { request: `${method} ${path}` };
      if (body.length > 0) action.json = JSON.parse(body.join(' '));
      ({ record } = (await grader.answer({ do: 'perform', sandbox, action })));
      printed = record.console.join('\n');
    } else if (line.startsWith('< no answer')) {
      if (!record.hang) problems.push(`${sent}: was answered`);
    } else if (/^< [\w-]+:/.test(line)) {
      const [, name, value] = /^< ([\w-]+):\s*(.*)$/.exec(line);
      const got = record.headers?.[name.toLowerCase()];
      if (value === '(none)' ? got !== undefined : !fits(value, String(got))) problems.push(`${sent}: header ${name} is ${got}`);
    } else if (line.startsWith('< ')) {
      const [, status, text] = /^< (\d+) ?([\s\S]*)$/.exec(line);
      if (record.status !== Number(status) || !fits(text, (record.text ?? '').trim())) problems.push(`${sent}: ${record.status} ${record.text}, expected ${line}`);
    } else if (line.startsWith('! ')) {
      if (!record.error || !fits(line.slice(2), `${record.error.name}: ${record.error.message}`)) problems.push(`${sent}: error ${JSON.stringify(record.error)}`);
    } else expected.push(line);
  }
  flush(sent || 'start');
  await grader.answer({ do: 'close', sandbox });
  return problems;
}

function filesIn(folder, prefix = '') {
  if (!existsSync(folder)) return {};
  return Object.fromEntries(readdirSync(folder, { withFileTypes: true }).flatMap((item) => {
    const path = join(folder, item.name);
    return item.isDirectory() ? Object.entries(filesIn(path, `${prefix}${item.name}/`)) : [[prefix + item.name, readFileSync(path, 'utf8')]];
  }));
}

/** Replays every snippet of a lesson folder; answers `{ id, problems }`. */
export async function replayLesson(grader, folder) {
  const markdown = readFileSync(join(folder, 'lesson.md'), 'utf8');
  const files = { ...filesIn(join(folder, '../../files/express')), ...filesIn(join(folder, 'files')) };
  const results = [];
  for (const snippet of snippets(markdown)) results.push({ id: snippet.id, problems: await replay(grader, files, snippet) });
  return results;
}
