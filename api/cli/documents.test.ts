import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import type { Command } from 'commander';
import { buildSchema, parse, validate } from 'graphql';
import { COMMAND_GROUPS } from './command-groups.ts';
import { makeProgram } from './command-line.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const files = ['api/cli', 'api/client'].flatMap((folder) =>
  (readdirSync(join(ROOT, folder), { recursive: true }) as string[])
    .filter((name) => name.endsWith('.ts') && !/(\.test|testing)\.ts$|generated/.test(name))
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

describe('the help', () => {
  const helpOf = (command: Command) => {
    let text = '';
    const width = { getOutHelpWidth: () => 80 };
    command.configureOutput({ ...width, writeOut: (part) => (text += part) }).outputHelp();
    return text;
  };
  const leavesOf = (command: Command): Command[] =>
    command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);

  it('has a line of at most 80 characters for each command, under the heading of its group', async () => {
    const lines = helpOf(await makeProgram(COMMAND_GROUPS)).split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    for (const { heading, commands } of COMMAND_GROUPS) {
      const from = lines.indexOf(heading);
      const group = lines.slice(from + 1, lines.indexOf('', from));
      // A second line of the same command would begin with more blanks.
      expect(group.filter((line) => !/^ {2}\S/.test(line))).toEqual([]);
      for (const name of commands) expect(group.some((line) => line.startsWith(`  ${name} `))).toBe(true);
    }
  });

  it('has an example of each command, which begins with its name', async () => {
    const leaves = leavesOf(await makeProgram(COMMAND_GROUPS));
    expect(leaves.length).toBeGreaterThan(60);
    for (const leaf of leaves) {
      const family = leaf.parent?.parent ? `${leaf.parent.name()} ` : '';
      // `webhook show` is what `webhook` alone does.
      const name = family === 'webhook ' && leaf.name() === 'show' ? 'webhook' : `${family}${leaf.name()}`;
      expect(helpOf(leaf)).toContain(`\nExamples:\n  levqor ${name}`);
    }
  });

  it.each([
    ['a command', ['rns'], '(Did you mean run'],
    ['a command of a family', ['endpoint', 'rotat', 'x'], '(Did you mean rotate?)'],
    ['an option', ['rerun', 'run_x', '--previw'], '(Did you mean --preview?)'],
  ])('names the nearest one for %s that there is not', async (_, words, text) => {
    const program = await makeProgram(COMMAND_GROUPS);
    let said = '';
    const silence = (command: Command): void => {
      command.configureOutput({ writeErr: (part) => (said += part) });
      command.commands.forEach(silence);
    };
    silence(program);
    await expect(program.parseAsync(words, { from: 'user' })).rejects.toMatchObject({ exitCode: 1 });
    expect(said).toContain(text);
  });

  it('says of each command that cannot be undone that it needs --yes where nobody can be asked', async () => {
    const leaves = leavesOf(await makeProgram(COMMAND_GROUPS));
    const named = /^(publish|archive|rerun|backfill|delete|remove|revoke)$/;
    const careful = leaves.filter((leaf) => named.test(leaf.name()));
    expect(careful.length).toBe(10);
    for (const leaf of careful) expect(leaf.options.map(({ long }) => long)).toContain('--yes');
  });
});
