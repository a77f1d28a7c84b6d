import { describe, expect, it } from '@jest/globals';
import { globalsLast } from './globals-last.ts';

describe('globalsLast', () => {
  it.each([
    ['runs', 'runs'],
    ['--profile night runs --all', 'runs --all --profile night'],
    ['--profile=night --json show run_1', 'show run_1 --profile=night --json'],
    ['--utc logs run_1 -- --odd', 'logs run_1 --utc -- --odd'],
    ['runs --profile night', 'runs --profile night'],
    ['--help', '--help'],
    ['--profile', '--profile'],
    ['', ''],
  ])('makes of "%s" "%s"', (given, made) => {
    const words = (text: string) => text.split(' ').filter((word) => word !== '');
    expect(globalsLast(words(given))).toEqual(words(made));
  });
});
