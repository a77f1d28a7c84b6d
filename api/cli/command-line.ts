import { Command, CommanderError } from 'commander';
import { errorForPeople, errorForPrograms, EXIT, exitCodeOf } from './cli-error.ts';
import { COMMAND_GROUPS, type CommandGroup } from './command-groups.ts';

/** Runs one command line (the words behind `levqor`) and leaves its exit code in `process.exitCode`. */
export async function runCommandLine(words: string[]): Promise<void> {
  try {
    const program = await makeProgram(groupsFor(words));
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // It has said what is wrong already; help that was asked for is no error.
      process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
      return;
    }
    process.exitCode = exitCodeOf(error);
    const json = words.includes('--json');
    process.stderr.write(
      `${json ? JSON.stringify(errorForPrograms(error), null, 2) : errorForPeople(error)}\n`,
    );
  }
}

/** The program with the commands of these groups. */
export async function makeProgram(groups: readonly CommandGroup[]): Promise<Command> {
  const program = new Command('levqor')
    .description('Levqor from the command line.')
    .exitOverride()
    .showHelpAfterError('Say "levqor --help", or "levqor <command> --help".')
    .addHelpText('after', '\nBegin with "levqor login". Each command explains itself with --help.');
  const addAll = await Promise.all(groups.map(({ load }) => load()));
  for (const add of addAll) add(program);
  return program;
}

// Only what a command needs is loaded, so that it begins at once.
function groupsFor(words: string[]): readonly CommandGroup[] {
  const [name] = words;
  const group = COMMAND_GROUPS.find(({ commands }) => name !== undefined && commands.includes(name));
  return group ? [group] : COMMAND_GROUPS;
}
