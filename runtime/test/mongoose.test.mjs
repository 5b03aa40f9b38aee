/** The real mongoose and mongodb against the database of a sandbox: each program prints what it prints in Node with MongoDB. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { programs } from './mongoose/programs.mjs';
import { started } from './support.mjs';

for (const { name, code, files = code, prints } of programs) {
  await test(name, async () => {
    const sandbox = await started(files, { seed: 'mongoose' });
    try {
      assert.equal(sandbox.printed(), prints.replace(/^\n/, '').replace(/\n\s*$/, ''));
      assert.equal(sandbox.exitCode, 0, 'disconnect lets the program end');
    } finally {
      await sandbox.close();
    }
  });
}
