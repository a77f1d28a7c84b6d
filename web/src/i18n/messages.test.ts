import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse, type MessageFormatElement, TYPE } from '@formatjs/icu-messageformat-parser';
import { LOCALES, TRANSLATED_LOCALES } from './locales.ts';
import type { Messages } from './merge-messages.ts';
import { pseudoMessages } from './pseudo-messages.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'messages');
const SOURCES = join(import.meta.dirname, '..');
const read = (locale: string) => JSON.parse(readFileSync(join(FOLDER, `${locale}.json`), 'utf8')) as Messages;

/** Each text by its whole key. */
function texts(messages: Messages, before = ''): [string, string][] {
  return Object.entries(messages).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${before}${key}`, value]] : texts(value, `${before}${key}.`),
  );
}

interface Shape {
  /** What the text is given: `count plural`, `name`, `b tag`. */
  given: string[];
  /** The cases of each plural. */
  plurals: { type: Intl.PluralRuleType; cases: string[] }[];
}

function shapeOf(text: string): Shape {
  const given = new Set<string>();
  const plurals: Shape['plurals'] = [];
  const look = (elements: MessageFormatElement[]): void => {
    for (const element of elements) {
      if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
      given.add(`${element.value} ${TYPE[element.type]}`);
      if (element.type === TYPE.tag) look(element.children);
      if (element.type !== TYPE.plural && element.type !== TYPE.select) continue;
      if (element.type === TYPE.plural)
        plurals.push({ type: element.pluralType ?? 'cardinal', cases: Object.keys(element.options).sort() });
      for (const option of Object.values(element.options)) look(option.value);
    }
  };
  look(parse(text));
  return { given: [...given].sort(), plurals };
}

/** Plurals that lack a case of the language (CLDR), or have one that it does not know. */
function pluralFaults(locale: string, text: string): string[] {
  return shapeOf(text).plurals.flatMap(({ type, cases }) => {
    const wanted = new Intl.PluralRules(locale, { type: type ?? 'cardinal' }).resolvedOptions()
      .pluralCategories;
    const named = cases.filter((one) => !one.startsWith('='));
    const lacks = wanted.filter((one) => !named.includes(one)).map((one) => `lacks ${one}`);
    return [...lacks, ...named.filter((one) => !wanted.some((known) => known === one))];
  });
}

/** Namespaces whose keys are values of the API. */
const OF_VALUES = ['Roles', 'ActorKinds'];

const english = read('en');
const englishTexts = new Map(texts(english));

describe('the texts', () => {
  it('are there for the languages that say so, and for no other', () => {
    const files = readdirSync(FOLDER).map((name) => name.replace('.json', ''));
    expect(files.sort()).toEqual(['en', ...TRANSLATED_LOCALES].sort());
    expect(TRANSLATED_LOCALES.filter((locale) => !LOCALES.includes(locale))).toEqual([]);
  });

  it.each(['en', ...TRANSLATED_LOCALES])('of %s have the keys, the values and the plural cases', (locale) => {
    const own = texts(read(locale));
    expect(own.map(([key]) => key).sort()).toEqual([...englishTexts.keys()].sort());
    const faults = own.flatMap(([key, text]) => {
      const wanted = shapeOf(englishTexts.get(key) ?? '').given;
      const given = shapeOf(text).given;
      const differs =
        JSON.stringify(given) === JSON.stringify(wanted) ? [] : [`${key}: ${given} for ${wanted}`];
      return [...differs, ...pluralFaults(locale, text).map((fault) => `${key}: ${fault}`)];
    });
    expect(faults).toEqual([]);
  });

  it('are all used', () => {
    const code = filesIn(SOURCES)
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n');
    const words = new Set(code.match(/[\w]+/g));
    const unused = [...englishTexts.keys()].filter((key) => {
      const [namespace = '', ...path] = key.split('.');
      const isNamed = (name: string) => words.has(name);
      // Keys that are made of a value (a state, a kind) are known by the group that they stand in.
      return !isNamed(namespace) || !(OF_VALUES.includes(namespace) || path.some(isNamed));
    });
    expect(unused).toEqual([]);
  });

  it('look foreign in the pseudo-language, with the same values', () => {
    expect(pseudoMessages({ a: 'Open {name}', b: { c: '{n, plural, one {# run} other {# runs}}' } })).toEqual(
      {
        a: '⟦Öpéñ {name}~~~~~⟧',
        b: { c: expect.stringMatching(/^⟦\{n, ?plural, ?one ?\{# rûñ\} ?other ?\{# rûñs\}\}~+⟧$/) },
      },
    );
    const pseudo = texts(pseudoMessages(english));
    expect(pseudo.map(([key, text]) => [key, shapeOf(text)])).toEqual(
      [...englishTexts].map(([key, text]) => [key, shapeOf(text)]),
    );
  });
});

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.') ? [path] : [];
  });
}
