import type { Command } from 'commander';
import { openSession, type CommonOptions, type Session } from './session.ts';

/** What a command was called with. `args` are its words in order; the rest of a list comes behind the others. */
export interface Call<Options> {
  args: string[];
  options: Options & CommonOptions;
}

/** A command of the command line. */
export interface CommandSpec<Options> {
  /** Its name and arguments, such as `run <workflow>`. */
  name: string;
  /** True for the command of a family that is meant when none is named. */
  isDefault?: boolean;
  /** One line of what it does, short enough to stand beside its name in the list of all commands. */
  about: string;
  /** Its options: the flags and what they do. */
  options?: [flags: string, about: string][];
  /** Lines that show how it is called, without `levqor` before them. */
  examples: [string, ...string[]];
  /** Does it; gives the exit code, 0 when nothing is given. Throws ClientError and CliError. */
  run: (session: Session, call: Call<Options>) => Promise<number | void>;
}

/** The options of a command that shows a list. */
export interface ListOptions {
  limit?: string;
  all?: boolean;
}

export const LIST_OPTIONS: [string, string][] = [
  ['--limit <number>', 'how many to show (25)'],
  ['--all', 'show the whole list'],
];

/** Adds a command to the program. Its exit code is left in `process.exitCode`. */
export function addCommand<Options extends object>(program: Command, spec: CommandSpec<Options>): void {
  const command = program.command(spec.name, { isDefault: spec.isDefault ?? false }).description(spec.about);
  for (const [flags, about] of spec.options ?? []) command.option(flags, about);
  command
    .option('--json', 'for programs: JSON on standard output')
    .option('--utc', 'show times in UTC')
    .option('--no-color', 'no colours')
    .option('--profile <name>', 'the profile to use');
  command.addHelpText('after', `\nExamples:\n${spec.examples.map((one) => `  levqor ${one}`).join('\n')}`);
  command.action(async () => {
    const options = command.opts<Options & CommonOptions>();
    const session = openSession(options);
    try {
      process.exitCode = (await spec.run(session, { args: command.args, options })) ?? 0;
    } finally {
      await session.close();
    }
  });
}
