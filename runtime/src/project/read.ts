/** Takes in the files of a project from elsewhere: which of them belong to it, and what each of the others is. */
import { ImportError } from './faults';
import type { Files } from './manifest';

/** A project holds text that fits beside others in the browser's storage. */
const MOST_FILES = 300;
const MOST_BYTES = 1_000_000;

/** Folders and files that tools make; npm and git make them again. */
const MADE = /(^|\/)(node_modules|\.git|__MACOSX)\/|(^|\/)(\.DS_Store|Thumbs\.db|package-lock\.json|yarn\.lock|pnpm-lock\.yaml)$/;

export interface Imported {
  name: string;
  files: Files;
  /** Paths that were left out because they hold no text. */
  left: string[];
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function text(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) return undefined;
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Whether a path stays inside of the project. */
function inside(path: string): boolean {
  return path !== '' && !path.startsWith('/') && !/^[a-z]:/i.test(path) && !path.split('/').some((part) => part === '..' || part === '.' || part === '');
}

/** Whether a path is part of a project, before its bytes are looked at. */
export function wanted(path: string): boolean {
  return !path.endsWith('/') && !MADE.test(path);
}

/** The folder that all paths lie in, with its slash; empty when there is none. */
function commonFolder(paths: string[]): string {
  const [first = ''] = paths;
  const folder = first.slice(0, first.indexOf('/') + 1);
  return folder !== '' && paths.every((path) => path.startsWith(folder)) ? folder : '';
}

/** Makes a project of files; `source` is the name of the zip or folder. Throws ImportError. */
export function readProject(source: string, entries: [path: string, bytes: Uint8Array][]): Imported {
  const own = entries.map(([path, bytes]): [string, Uint8Array] => [path.replaceAll('\\', '/'), bytes]).filter(([path]) => wanted(path));
  const outside = own.find(([path]) => !inside(path));
  if (outside) throw new ImportError('outside', { source, path: outside[0] });
  const folder = commonFolder(own.map(([path]) => path));
  const files: Files = {};
  const left: string[] = [];
  let size = 0;
  for (const [path, bytes] of own) {
    const short = path.slice(folder.length);
    const content = text(bytes);
    if (content === undefined) left.push(short);
    else {
      files[short] = content;
      size += bytes.length;
    }
  }
  const count = Object.keys(files).length;
  if (count === 0) throw new ImportError('textless', { source });
  if (count > MOST_FILES) throw new ImportError('files', { source, count, most: MOST_FILES });
  if (size > MOST_BYTES) throw new ImportError('text', { source, count: (size / 1e6).toFixed(1), most: MOST_BYTES / 1e6 });
  return { name: nameOf(source, folder, files), files, left };
}

/** The folder’s name reads better than what npm takes; a download’s number does not belong to it. */
function nameOf(source: string, folder: string, files: Files): string {
  const outer = (folder.slice(0, -1) || source.replace(/\.zip$/i, '')).replace(/ ?\(\d+\)$/, '').trim();
  if (outer !== '') return outer;
  try {
    return String((JSON.parse(files['package.json'] ?? '{}') as { name?: string }).name ?? 'Project');
  } catch {
    return 'Project';
  }
}
