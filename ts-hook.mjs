// Lets `node --import ./ts-hook.mjs` run our TypeScript. Node's own type stripping and tsx drop the decorator
// metadata by which Nest injects, so the files go through swc. What it made is kept: a start that finds all of it there
// needs no compiler, which would take 40 MB in each process.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { swcOptions } from './swc-options.mjs';
import './workflow-threads.mjs';

const require = createRequire(import.meta.url);
const FOLDER = join(import.meta.dirname, '.cache', 'compiled');
const COMPILER = `${require('@swc/core/package.json').version} ${JSON.stringify(swcOptions)}`;

registerHooks({
  load(url, context, next) {
    if (!url.startsWith('file:') || !url.endsWith('.ts') || url.includes('/node_modules/'))
      return next(url, context);
    return { format: 'module', shortCircuit: true, source: compiled(fileURLToPath(url)) };
  },
});

function compiled(filename) {
  const source = readFileSync(filename, 'utf8');
  const name = createHash('sha256').update(`${COMPILER}\n${filename}\n${source}`).digest('hex');
  const kept = join(FOLDER, `${name}.js`);
  try {
    return readFileSync(kept, 'utf8');
  } catch {
    const { code } = require('@swc/core').transformSync(source, { ...swcOptions, filename });
    keep(kept, code);
    return code;
  }
}

/** Whole or not at all: several processes start at the same time. A folder that cannot be written to changes nothing. */
function keep(file, code) {
  try {
    mkdirSync(FOLDER, { recursive: true });
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, code);
    renameSync(draft, file);
  } catch {
    // It is compiled again at the next start.
  }
}
