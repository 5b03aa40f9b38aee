/** The page's end of projects that leave and come, shipped as `project.js`; values cross as JSON text. `src/platform/project.rs` binds exactly this. */
import { exportProject, importPicked } from '.';
import { entryOf, type Files } from './manifest';

/** The zip of a project and what to call it; `files` is JSON. */
export function zipProject(name: string, files: string): { file: string; bytes: Uint8Array } {
  const content = JSON.parse(files) as Files;
  return exportProject(name, content, entryOf(content));
}

/** What was picked in a file field as a project, as JSON; rejects with a message for the reader. */
export async function readPicked(picked: FileList): Promise<string> {
  return JSON.stringify(await importPicked(picked));
}
