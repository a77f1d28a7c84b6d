import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { SEARCH_ATTRIBUTES } from './temporal/search-attributes.ts';
import { STEP_ERROR_CODES } from './workflows/runs/model.ts';

const ROOT = import.meta.dirname;
const ROOMS = ['.ci', 'activities', 'api', 'prisma', 'temporal', 'web', 'workers', 'workflows'];
const NOT_OURS = [
  '.cache',
  '.git',
  '.levqor',
  '.next',
  'test-results',
  'coverage',
  'dist',
  'generated',
  'histories',
  'node_modules',
];

/** What a file may be, said by a word before its ending: `cancel-run.workflow.test.ts`. */
const KINDS = ['client', 'config', 'fixture', 'model', 'module', 'node', 'resolver', 'workflow'];
const TESTS = ['spec', 'test', 'db.test', 'e2e.test', 'resolver.test', 'workflow.test'];
const CODE_NAME = new RegExp(
  `^\\.?[a-z0-9]+(-[a-z0-9]+)*(\\.(${KINDS.join('|')}))?(\\.(${TESTS.join('|')}))?\\.(ts|tsx|mjs|cjs)$`,
);
const FOLDER_NAME = /^\.?[a-z0-9]+([-_][a-z0-9]+)*$|^\[(\.\.\.)?[a-z-]+\]$|^\([a-z-]+\)$/;
const SAYS_NOTHING = /^(common|helpers?|lib-?utils?|misc|shared|utils?)(\.|$)/;

const CODE = ['.cjs', '.mjs', '.prisma', '.sh', '.ts', '.tsx'];
const TEXT = [...CODE, '.json', '.md', '.sql', '.toml', '.yml', '.graphql', ''];

const files = walk(ROOT);
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const linesOf = (file: string) => read(file).trimEnd().split('\n').length;
const isTest = (file: string) => /\.test\.ts$|\.fixture\.ts$|(^|\/)testing(\.ts$|\/)/.test(file);

describe('the folders', () => {
  it('at the top are rooms of the house', () => {
    const folders = readdirSync(ROOT, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const names = folders.map((entry) => entry.name).filter((name) => !NOT_OURS.includes(name));
    expect(names.filter((name) => !ROOMS.includes(name))).toEqual([]);
  });

  it('and the files have names of the house: kebab-case, a known kind, and a word that says something', () => {
    const parts = (file: string) => dirname(file).split('/');
    const isCode = (file: string) => ['.ts', '.tsx', '.mjs', '.cjs'].includes(extname(file));
    const wrong = files.filter(
      (file) =>
        (isCode(file) && !CODE_NAME.test(basename(file))) ||
        parts(file).some((part) => part !== '.' && !FOLDER_NAME.test(part)) ||
        file.split('/').some((part) => SAYS_NOTHING.test(part)),
    );
    expect(wrong).toEqual([]);
  });
});

describe('the files', () => {
  it('have at most 300 lines; a longer one holds a second idea that wants a name', () => {
    const code = files.filter((file) => CODE.includes(extname(file)) && !isTest(file));
    expect(code.filter((file) => linesOf(file) > 300)).toEqual([]);
  });

  it('name no folder of a machine', () => {
    const places = new RegExp(`(^|[^\\w.~/])/(${['farm', 'home', 'root', 'Users', 'work'].join('|')})/`, 'm');
    const readable = files.filter((file) => TEXT.includes(extname(file)) && basename(file) !== 'LICENSE');
    expect(readable.filter((file) => places.test(read(file)))).toEqual([]);
  });
});

describe('the tests', () => {
  it('name every error code of a step', () => {
    const tests = files.filter((file) => file.endsWith('.test.ts') && file !== 'repo.test.ts').map(read);
    expect(STEP_ERROR_CODES.filter((code) => !tests.some((text) => text.includes(`'${code}'`)))).toEqual([]);
  });
});

describe('the documents', () => {
  const documents = files.filter((file) => extname(file) === '.md');

  it('cite files that exist', () => {
    const missing = documents.flatMap((file) =>
      citedPaths(read(file))
        .filter((path) => !existsSync(join(ROOT, dirname(file), path)) && !existsSync(join(ROOT, path)))
        .map((path) => `${file}: ${path}`),
    );
    expect(missing).toEqual([]);
  });

  it('that explain a decision have at most 60 lines', () => {
    expect(documents.filter((file) => file.endsWith('.decision.md') && linesOf(file) > 60)).toEqual([]);
  });

  it('called AGENTS.md have at most 100 lines', () => {
    expect(documents.filter((file) => basename(file) === 'AGENTS.md' && linesOf(file) > 100)).toEqual([]);
  });
});

describe('package-lock.json', () => {
  it('holds every optional package, without which "npm ci" refuses it', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { optionalDependencies?: Record<string, string> }>;
    };
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !places(path).some((place) => `${place}node_modules/${name}` in packages),
      ),
    );
    expect(missing).toEqual([]);
  });
});

describe('docker-compose.yml', () => {
  it('registers every search attribute', () => {
    const compose = read('docker-compose.yml');
    const attributes = Object.entries(SEARCH_ATTRIBUTES).map(
      ([name, type]) => `--name ${name} --type ${type}`,
    );
    expect(attributes.filter((attribute) => !compose.includes(attribute))).toEqual([]);
  });

  it('and .env.example name the same settings', () => {
    const asked = [...read('docker-compose.yml').matchAll(/\$\{(\w+)/g)].map(([, name]) => name ?? '');
    const example = read('.env.example');
    expect(asked.filter((name) => !new RegExp(`^(# )?${name}=`, 'm').test(example))).toEqual([]);
  });
});

/** Where npm looks for what the package at `path` needs: in its own folder, then in each one above. */
function places(path: string): string[] {
  if (path === '') return [''];
  const cut = path.lastIndexOf('/node_modules/');
  return [`${path}/`, ...places(cut === -1 ? '' : path.slice(0, cut))];
}

/** The targets of links, and what stands in `code` and begins like a path of this repository. */
function citedPaths(markdown: string): string[] {
  const prose = markdown.replace(/```[\s\S]*?```/g, '');
  const links = [...prose.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target]) => target ?? '');
  const spans = [...prose.matchAll(/`([^`\s]+)`/g)].map(([, span]) => span ?? '');
  const isPath = (span: string) =>
    /^[\w.@/-]+$/.test(span) &&
    ROOMS.some((room) => span.startsWith(`${room}/`)) &&
    !/\/generated(\/|$)/.test(span);
  return [...links.filter((link) => !/^[a-z]+:/.test(link)), ...spans.filter(isPath)];
}

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    // In a worktree `.git` is a file.
    if (NOT_OURS.includes(entry.name)) return [];
    if (entry.isDirectory()) return walk(path);
    // Next writes it anew at each build.
    if (entry.name === 'next-env.d.ts') return [];
    return entry.isFile() ? [relative(ROOT, path)] : [];
  });
}
