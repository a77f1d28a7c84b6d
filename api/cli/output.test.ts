import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ClientError } from '../client/index.ts';
import { CliError, errorForPeople, exitCodeOf, UsageError } from './cli-error.ts';
import { fileNames } from './flow-files.ts';
import { pathsText } from './paths-text.ts';
import { readProfiles, removeProfile, saveProfile } from './profiles.ts';
import { signingHeaders } from './sign-call.ts';
import { slugOf } from './slug.ts';
import { plainText, tableText } from './table.ts';
import { between, durationText, timeText } from './times.ts';

const plain = { title: (text: string) => text, cell: (text: string) => text };
const columns = [
  { title: 'NAME', value: ({ name }: { name: string }) => name },
  { title: 'END', value: () => 'x' },
];

describe('tables', () => {
  it.each([
    ['as wide as they must be', null, ['Ada'], 'NAME  END\nAda   x'],
    ['with wide characters', null, ['佐藤', 'Zoe'], 'NAME  END\n佐藤  x\nZoe   x'],
    ['cut to the terminal', 14, ['A very long name'], 'NAME       END\nA very l…  x'],
  ])('are drawn %s', (_, width, names, text) => {
    expect(
      tableText(
        names.map((name) => ({ name })),
        columns,
        { width, ...plain },
      ),
    ).toBe(text);
  });

  it('hold nothing that could steer the terminal', () => {
    expect(plainText('a\u001b[31mb\nc\u202ed')).toBe('a [31mb c d');
  });
});

describe('paths of steps', () => {
  it.each([
    ['nothing', [], ''],
    ['as they are', ['a', 'b/c'], 'a, b/c'],
    [
      'without what is inside of another',
      ['each', 'each[0]/x', 'try', 'try/y', 'tryAgain'],
      'each, try, tryAgain',
    ],
    ['items of a loop together', ['a', 'each[0]/x', 'each[0]/x/y', 'each[1]/x', 'z'], 'a, each[…]/x (2), z'],
  ])('are told in one line: %s', (_, paths, text) => {
    expect(pathsText(paths)).toBe(text);
  });
});

describe('times', () => {
  it.each([
    [0.04, '0 s'],
    [1.25, '1.3 s'],
    [59, '59 s'],
    [61, '1 min 1 s'],
    [3_600, '1 h'],
    [90_061, '1 d 1 h'],
    [null, ''],
  ])('%p seconds are %p', (seconds, text) => expect(durationText(seconds)).toBe(text));

  it('are shown in UTC when asked for', () => {
    expect(timeText('2026-11-23T09:30:05.123Z', true)).toBe('2026-11-23 09:30:05Z');
    expect(between('2026-11-23T09:30:00Z', '2026-11-23T09:30:02Z')).toBe('2 s');
  });
});

describe('errors', () => {
  const refused = new ClientError({ code: 'FORBIDDEN', reason: 'no', message: 'Not you.', requestId: 'r1' });
  const older = new ClientError({
    code: 'INVALID',
    reason: 'request_invalid',
    message: 'Cannot query field "x".',
  });

  it.each([
    [refused, 1, 'Error: Not you.\n  FORBIDDEN (no), request r1\n  Your key may not do this'],
    [older, 1, 'server_too_old'],
    [new CliError('a', 'B.', 'C.'), 1, 'Error: B.\n  CLI (a)\n  C.'],
    [new UsageError('a', 'B.'), 2, 'USAGE (a)'],
  ])('%s', (error, code, text) => {
    expect(exitCodeOf(error)).toBe(code);
    expect(errorForPeople(error)).toContain(text);
  });
});

describe('files of definitions', () => {
  it.each([
    ['Refund with approval', 'refund-with-approval'],
    ['  Über: 50 %! ', 'uber-50'],
    ['../../etc', 'etc'],
    ['返金', '返金'],
    ['!!!', 'workflow'],
  ])('%p is called %p', (name, slug) => expect(slugOf(name)).toBe(slug));

  it('never share a name, and keep the one that they had', () => {
    const workflows = [
      { id: '1', name: 'A b' },
      { id: '2', name: 'A-b' },
      { id: '3', name: 'New name' },
    ];
    const entry = { file: 'old.flow.json', name: 'Old', id: '3', version: 1, hash: null, draftHash: '' };
    const before = {
      levqor: 'export-v1',
      url: '',
      exportedAt: '',
      holds: 'drafts',
      workflows: [entry],
    } as const;
    expect([...fileNames(workflows, { ...before, workflows: [entry] }).entries()].sort()).toEqual([
      ['1', 'a-b.flow.json'],
      ['2', 'a-b-2.flow.json'],
      ['3', 'old.flow.json'],
    ]);
  });
});

describe('profiles', () => {
  it('are kept for their owner only, even in a file that was open', () => {
    const folder = mkdtempSync(join(tmpdir(), 'levqor-profiles-'));
    const file = join(folder, 'config.json');
    writeFileSync(file, '{}', { mode: 0o644 });
    saveProfile(file, 'work', { url: 'https://a.example', key: 'k' });
    saveProfile(file, 'home', { url: 'https://b.example', key: 'l' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readProfiles(file).current).toBe('home');
    expect(removeProfile(file, 'home')).toBe(true);
    expect(readProfiles(file)).toEqual({
      current: 'work',
      profiles: { work: { url: 'https://a.example', key: 'k' } },
    });
    expect(removeProfile(file, 'toString')).toBe(false);
    rmSync(folder, { recursive: true });
  });
});

describe('a signed call', () => {
  it.each([
    ['HMAC_SHA256', { 'x-signature': expect.stringMatching(/^sha256=[0-9a-f]{64}$/) }],
    ['STRIPE', { 'stripe-signature': expect.stringMatching(/^t=1,v1=[0-9a-f]{64}$/) }],
    ['NONE', {}],
  ] as const)('%s', (scheme, headers) => {
    expect(signingHeaders(scheme, { body: '{}', secret: 's', now: 1_000 })).toEqual(headers);
  });
});
