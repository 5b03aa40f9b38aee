/** Makes a suite's TypeScript file one that Node can require. */
import { buildSync } from 'esbuild';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** Bundles a test and its cases; `external` is what the hooks answer for. A test names itself by where it is. */
export function compiled(file, external) {
  const out = join(mkdtempSync(join(tmpdir(), 'conformance-')), basename(file).replace(/\.ts$/, '.cjs'));
  buildSync({ entryPoints: [file], bundle: true, platform: 'node', format: 'cjs', target: 'node20', outfile: out, external, define: { __filename: JSON.stringify(file) }, logLevel: 'error' });
  return out;
}
