// Writes generated/jsonata.js: the pinned jsonata package as a synchronous ES module.
// Why: synchronous-jsonata.decision.md. Run: node workflows/expressions/generate-jsonata.mjs
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('../../node_modules/jsonata/jsonata.js', import.meta.url));
const TARGET = fileURLToPath(new URL('./generated/jsonata.js', import.meta.url));
const DECLARATION = `import type { Jsonata } from '../jsonata-types.ts';
export declare const jsonata: Jsonata;
`;
const SOURCE_SHA256 = '9c2a35f4d895797f123f65c7f9a4ce16b3a295d209e0f3f225a0c3bae1bd9049';

/** What is replaced, by what, and how often it must occur. Any other count stops the build. */
const EDITS = [
  { find: /\basync (?=function\b|\()/g, put: '', count: 46 },
  { find: /\bawait /g, put: '', count: 105 },
  { find: /\bPromise\.all\(/g, put: '(', count: 2 },
  {
    // Grouping an empty array pushed `undefined` into the array itself, which may be a value of the run.
    find: /input\.push\(undefined\);/g,
    put: 'input = [undefined];',
    count: 1,
  },
  {
    // The merge of $sort and ^() called itself once an element and copied the rest each time.
    find: /var merge_iter = function \(result, left, right\) \{[\s\S]*?\n {12}\};\n/g,
    put: `var merge_iter = function (result, left, right) {
                var i = 0, j = 0;
                while (i < left.length && j < right.length) {
                    result.push(comp(left[i], right[j]) ? right[j++] : left[i++]);
                }
                while (i < left.length) result.push(left[i++]);
                while (j < right.length) result.push(right[j++]);
            };
`,
    count: 1,
  },
  {
    // A date picture became a regular expression of the machine, which may take for ever.
    find: /new RegExp\(fullRegex, 'i'\)/g,
    put: "new this.environment.base.RegexEngine({ source: fullRegex, flags: 'i' })",
    count: 1,
  },
  {
    // The hooks were looked for at each node, through all frames around it: half of the time of an evaluation.
    find: /\benvironment\.lookup\(Symbol\.for\('jsonata\.__evaluate_(entry|exit)'\)\)/g,
    put: 'environment.base.$1Hook',
    count: 2,
  },
  {
    find: /\benclosingEnvironment\.lookup\(Symbol\.for\('jsonata\.__createFrame_push'\)\)/g,
    put: '(enclosingEnvironment.base ? enclosingEnvironment.base.frameHook : $&)',
    count: 1,
  },
  {
    find: /exec_env\.base = exec_env;/g,
    put: `$&
                exec_env.entryHook = exec_env.lookup(Symbol.for('jsonata.__evaluate_entry'));
                exec_env.exitHook = exec_env.lookup(Symbol.for('jsonata.__evaluate_exit'));
                exec_env.frameHook = exec_env.lookup(Symbol.for('jsonata.__createFrame_push'));`,
    count: 1,
  },
];

const source = readFileSync(SOURCE, 'utf8');
const sha256 = createHash('sha256').update(source).digest('hex');
if (sha256 !== SOURCE_SHA256) {
  stop(
    `jsonata.js has SHA-256 ${sha256}, expected ${SOURCE_SHA256}. Read what changed, then update this file.`,
  );
}
write(TARGET, wrap(EDITS.reduce(apply, source)));
write(TARGET.replace(/js$/, 'd.ts'), DECLARATION);

function write(path, text) {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.log(`Wrote ${relative(process.cwd(), path)}`);
}

function apply(text, { find, put, count }) {
  const found = text.match(find)?.length ?? 0;
  if (found !== count) stop(`${find} occurs ${found} times in jsonata.js, expected ${count}.`);
  return text.replace(find, put);
}

/** The package is a UMD bundle: given a `module` of its own and no `require`, it exports into that. */
function wrap(umd) {
  return `// Made by generate-jsonata.mjs from jsonata (MIT licence, (c) IBM Corp.). Do not edit.
const box = { exports: {} };
(function (module, exports, require, define) {
${umd}
})(box, box.exports);
export const jsonata = box.exports;
`;
}

function stop(message) {
  console.error(`generate-jsonata: ${message}`);
  process.exit(1);
}
