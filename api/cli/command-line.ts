import { Command, CommanderError } from 'commander';
import { errorForPeople, errorForPrograms, EXIT, exitCodeOf } from './cli-error.ts';
import { COMMAND_GROUPS, type CommandGroup } from './command-groups.ts';
import { globalsLast } from './globals-last.ts';

/** Runs one command line (the words behind `levqor`) and leaves its exit code in `process.exitCode`. */
export async function runCommandLine(given: string[]): Promise<void> {
  const words = globalsLast(given);
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
    // Ctrl-C at a question: no answer was meant.
    if (process.exitCode === EXIT.interrupted) return;
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
    .usage('<command> [options]')
    .configureHelp({ subcommandTerm })
    .exitOverride()
    .showHelpAfterError('Say "levqor --help", or "levqor <command> --help".')
    .addHelpText('after', AFTER_HELP);
  const loaded = await Promise.all(groups.map(async ({ heading, load }) => ({ heading, add: await load() })));
  for (const { heading, add } of loaded) add(program.commandsGroup(heading));
  return program.commandsGroup('Help:').helpCommand('help [command]', 'show the help of a command');
}

const AFTER_HELP = `
Begin with "levqor login". Each command explains itself with --help.
With --json, programs get JSON. The exit code is 0 when done, 1 when refused
or failed, 2 for a wrong call and 130 after Ctrl-C.
What changes much or cannot be undone asks first: publish, archive, rerun,
backfill, delete, remove, revoke, and a new address for a webhook. Where
nobody can be asked (no terminal, or --json), it needs --yes.
A decision never does: approve and deny name what they decide and print it.`;

/** The list of all commands shows names; that of a family such as `schedule` shows what comes behind them too. */
function subcommandTerm(command: Command): string {
  const isAtTop = command.parent?.parent === null;
  if (isAtTop) return command.name();
  const words = command.registeredArguments.map((one) => {
    const name = `${one.name()}${one.variadic ? '...' : ''}`;
    return one.required ? `<${name}>` : `[${name}]`;
  });
  return [command.name(), ...words].join(' ');
}

// Only what a command needs is loaded, so that it begins at once.
function groupsFor(words: string[]): readonly CommandGroup[] {
  const [name] = words;
  const group = COMMAND_GROUPS.find(({ commands }) => name !== undefined && commands.includes(name));
  return group ? [group] : COMMAND_GROUPS;
}
