/** Projects that leave the page and come into it as zip files: shipped as `project.js`, loaded when somebody asks for it. */
import { strToU8, unzipSync, zipSync, type Zippable } from 'fflate';
import { ImportError } from './faults';
import { manifest, packageName, readme, type Files } from './manifest';
import { readProject, wanted, type Imported } from './read';

export { ImportError, readProject, type Imported };

/** Bytes that a zip may unpack to, with what is left out of it afterwards. */
const MOST_UNPACKED = 20_000_000;

/** The files of an exported project: the learner's own, a package.json that Node and npm run it with, and a README if there is none. */
export function exported(name: string, files: Files, entry: string): Files {
  const hasReadme = Object.keys(files).some((path) => /^readme(\.\w+)?$/i.test(path));
  return { ...files, 'package.json': manifest(name, files, entry), ...(hasReadme ? {} : { 'README.md': readme(name, files) }) };
}

/** The zip of a project, in a folder of its name, and what to call the file. */
export function exportProject(name: string, files: Files, entry: string): { file: string; bytes: Uint8Array } {
  const folder = packageName(name);
  const content: Zippable = {};
  for (const [path, text] of Object.entries(exported(name, files, entry))) content[`${folder}/${path}`] = strToU8(text);
  return { file: `${folder}.zip`, bytes: zipSync(content) };
}

/** Reads a zip; `file` is its name. Throws ImportError. */
export function importZip(file: string, bytes: Uint8Array): Imported {
  let unpacked: Record<string, Uint8Array>;
  let size = 0;
  try {
    unpacked = unzipSync(bytes, {
      filter({ name, originalSize }) {
        if (!wanted(name)) return false;
        size += originalSize;
        return size <= MOST_UNPACKED;
      },
    });
  } catch {
    throw new ImportError('unreadable', { source: file });
  }
  if (size > MOST_UNPACKED) throw new ImportError('unpacks', { source: file, most: MOST_UNPACKED / 1e6 });
  return readProject(file, Object.entries(unpacked));
}

/** Reads what was picked: one zip, or the files of a folder. Throws ImportError. */
export async function importPicked(picked: ArrayLike<File>): Promise<Imported> {
  const list = Array.from(picked);
  const [first] = list;
  if (!first) throw new ImportError('nothing');
  if (list.length === 1 && !first.webkitRelativePath) return importZip(first.name, new Uint8Array(await first.arrayBuffer()));
  const inProject = list.map((file): [string, File] => [file.webkitRelativePath || file.name, file]).filter(([path]) => wanted(path));
  const size = inProject.reduce((sum, [, file]) => sum + file.size, 0);
  const folder = (first.webkitRelativePath || first.name).split('/')[0]!;
  if (size > MOST_UNPACKED) throw new ImportError('folder', { source: folder, most: MOST_UNPACKED / 1e6 });
  return readProject(folder, await Promise.all(inProject.map(async ([path, file]): Promise<[string, Uint8Array]> => [path, new Uint8Array(await file.arrayBuffer())])));
}
