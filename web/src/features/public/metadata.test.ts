import { describe, expect, it } from '@jest/globals';
import { LOCALES } from '../../i18n/locales.ts';
import { alternatesOf } from './metadata.ts';
import { isPublicPath } from './places.ts';

describe('a public page', () => {
  it('names itself in each language, and the address that takes the language of the browser', () => {
    const found = alternatesOf('/docs', 'https://levqor.example');
    expect(Object.keys(found).sort()).toEqual([...LOCALES, 'x-default'].sort());
    expect(found).toMatchObject({
      en: 'https://levqor.example/en/docs',
      'pt-BR': 'https://levqor.example/pt-BR/docs',
      'x-default': 'https://levqor.example/docs',
    });
    expect(alternatesOf('', 'https://levqor.example')['x-default']).toBe('https://levqor.example/');
  });

  it.each([
    ['', true],
    ['/', true],
    ['/docs', true],
    ['/docs/', true],
    ['/docs/more', false],
    ['/runs', false],
    ['/productive', false],
  ])('is told from others: %j %j', (path, isPublic) => {
    expect(isPublicPath(path)).toBe(isPublic);
  });
});
