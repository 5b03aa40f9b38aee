/** The pages that hold a learner's code: one of the site's own origin without a script, in it a sandboxed one with an opaque origin. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Neither frame reaches any address, not even by sending itself there. */
const NOWHERE = "default-src 'none'; connect-src 'none'; frame-src 'none'; form-action 'none'; base-uri 'none'";

const FRAMES = [
  {
    file: 'sandbox.html',
    title: 'Backlab sandbox',
    entry: 'frame/index.ts',
    sandbox: 'allow-scripts',
    policy: `${NOWHERE}; script-src 'unsafe-inline' 'unsafe-eval' blob:; worker-src blob:`,
    head: '',
  },
  {
    file: 'preview.html',
    title: 'Preview',
    entry: 'preview/index.ts',
    // Without `allow-forms` a form fires no `submit` event; the policy keeps it from going anywhere. `allow-modals` is for alert, confirm and prompt: a dialog reaches nobody but the reader.
    sandbox: 'allow-scripts allow-forms allow-modals',
    policy: `${NOWHERE}; script-src 'unsafe-inline' 'unsafe-eval' blob: data:; style-src 'unsafe-inline' blob: data:; img-src blob: data:; media-src blob: data:; font-src blob: data:`,
    head: '<style>html, body, iframe { display: block; width: 100%; height: 100%; margin: 0; border: 0; }</style>',
  },
];

/** Writes each frame to `out`. `bundle` answers the script of an entry file below `source`. */
export async function writeFrames(out, source, bundle) {
  const template = await readFile(join(source, 'frame/frame.html'), 'utf8');
  const write = async ({ file, entry, ...fills }) => {
    const script = (await bundle(entry)).replaceAll('</script', '<\\/script');
    const inner = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${fills.title}</title><script>${script}</script>`;
    const values = { ...fills, inner: inner.replaceAll('&', '&amp;').replaceAll('"', '&quot;') };
    await writeFile(join(out, file), template.replaceAll(/\{\{(\w+)\}\}/g, (_, name) => values[name]));
  };
  await Promise.all(FRAMES.map(write));
}
