import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate } from 'graphql';
import { COMMAND_GROUPS } from './command-groups.ts';
import { makeProgram } from './command-line.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const files = ['api/cli', 'api/client'].flatMap((folder) =>
  (readdirSync(join(ROOT, folder), { recursive: true }) as string[])
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.includes('generated'))
    .map((name) => ({ name: `${folder}/${name}`, text: readFileSync(join(ROOT, folder, name), 'utf8') })),
);

const texts = files.flatMap(({ name, text }) =>
  [...text.matchAll(/graphql\(\s*`([^`]*)`/g)].map(([, document = '']) => ({ name, document })),
);
const fragments = new Map(
  texts.flatMap(({ document }) => {
    const name = /^\s*fragment (\w+)/.exec(document)?.[1];
    return name === undefined ? [] : [[name, document] as const];
  }),
);

/** A document with the fragments that it spreads and does not hold itself. */
function whole(document: string, known = new Set<string>()): string {
  const missing = [...document.matchAll(/\.\.\.(\w+)/g)]
    .map(([, name = '']) => name)
    .filter((name) => !known.has(name) && !document.includes(`fragment ${name} `));
  for (const name of missing) known.add(name);
  return [document, ...new Set(missing.map((name) => whole(fragments.get(name) ?? '', known)))].join('\n');
}

describe('the documents of the command line', () => {
  const schema = buildSchema(readFileSync(join(ROOT, 'api/schema.graphql'), 'utf8'));
  const operations = texts.filter(({ document }) => !/^\s*fragment/.test(document));

  it('are found', () => expect(operations.length).toBeGreaterThan(30));

  it.each(
    operations.map(({ name, document }) => [
      /(?:query|mutation|subscription) (\w+)/.exec(document)?.[1],
      name,
      document,
    ]),
  )('%s of %s fits the schema', (_, __, document = '') => {
    expect(validate(schema, parse(whole(document))).map(({ message }) => message)).toEqual([]);
  });
});

describe('the command line and the client', () => {
  it('import nothing of the platform but pure code of workflows/', () => {
    const imported = files.flatMap(({ name, text }) =>
      [...text.matchAll(/(?:^(?:import|export|\}).* from |import\()'([^'\n]+)'/gm)].map(
        ([, target = '']) => `${name}: ${target}`,
      ),
    );
    // Relative paths within the two folders, or into workflows/ from any depth.
    const allowed =
      /: (node:|commander$|gql\.tada$|graphql-ws$|\.\/|\.\.\/[a-z-]+\.ts$|(\.\.\/)+(client|workflows)\/)/;
    expect(imported.filter((one) => !allowed.test(one))).toEqual([]);
    expect(imported.filter((one) => /workflow\.ts$/.test(one) && !/find-workflow/.test(one))).toEqual([]);
  });

  it('find each command in the group that is loaded for it', async () => {
    for (const group of COMMAND_GROUPS) {
      const program = await makeProgram([group]);
      expect(program.commands.map((command) => command.name())).toEqual(group.commands);
    }
  });
});
