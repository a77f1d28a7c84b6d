import type { Command } from 'commander';
import { UsageError } from '../cli-error.ts';
import { addCommand } from '../command.ts';
import { YES_OPTION } from '../confirm-change.ts';
import { rerunFailure } from './bulk-rerun.ts';
import { addFailuresCommand } from './failures.ts';
import { addCompareCommand, rerunOne, type RerunOptions } from './rerun.ts';

/** Adds `failures`, `rerun` and `compare`. */
export function addAgainCommands(program: Command): void {
  addFailuresCommand(program);
  addCommand<RerunOptions & { failure?: string }>(program, {
    name: 'rerun [run]',
    about: 'run a run again, or all runs that failed for one reason',
    options: [
      ['--failure <fingerprint>', 'all runs with this reason, as "levqor failures" shows it'],
      ['--from <step>', 'the path or the id of the step (where it failed)'],
      ['--version <number>', 'the version to run (the one it ran)'],
      ['--preview', 'only show what it would repeat'],
      YES_OPTION,
    ],
    examples: [
      'rerun run_… --preview',
      'rerun run_… --from charge --yes',
      'rerun --failure 8f14e45f… --preview',
    ],
    run: async (session, { args: [run], options }) => {
      if (run !== undefined && options.failure === undefined) return rerunOne(session, run, options);
      if (run === undefined && options.failure !== undefined)
        return rerunFailure(session, options.failure, options);
      throw new UsageError('run_missing', 'Name a run, or a reason with --failure; not both.');
    },
  });
  addCompareCommand(program);
}
