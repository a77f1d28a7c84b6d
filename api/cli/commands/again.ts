import type { Command } from 'commander';
import { UsageError } from '../cli-error.ts';
import { addCommand } from '../command.ts';
import { YES_OPTION } from '../confirm-change.ts';
import { cancelRerun, rerunFailure } from './bulk-rerun.ts';
import { addFailuresCommand } from './failures.ts';
import { addCompareCommand, rerunOne, type RerunOptions } from './rerun.ts';

/** Adds `failures`, `rerun` and `compare`. */
export function addAgainCommands(program: Command): void {
  addFailuresCommand(program);
  addCommand<RerunOptions & { failure?: string; cancel?: string }>(program, {
    name: 'rerun [run]',
    about: 'run a run again, or all runs that failed for one reason',
    options: [
      ['--failure <fingerprint>', 'all runs with this reason, as "levqor failures" shows it'],
      ['--from <step>', 'the path or the id of the step (where it failed)'],
      ['--version <number>', 'the version to run (the one it ran)'],
      ['--cancel <id>', 'stop running many again; what was started goes on'],
      ['--preview', 'only show what it would repeat'],
      YES_OPTION,
    ],
    examples: [
      'rerun run_… --preview',
      'rerun run_… --from charge --yes',
      'rerun --failure 8f14e45f… --preview',
      'rerun --cancel bulk_…',
    ],
    run: async (session, { args: [run], options }) => {
      const { cancel } = options;
      if (cancel !== undefined && run === undefined && options.failure === undefined)
        return cancelRerun(session, cancel);
      if (cancel !== undefined)
        throw new UsageError('run_ambiguous', 'Say --cancel alone: it names what to stop.');
      if (run !== undefined && options.failure === undefined) return rerunOne(session, run, options);
      if (run === undefined && options.failure !== undefined)
        return rerunFailure(session, options.failure, options);
      throw new UsageError('run_missing', 'Name a run, or a reason with --failure; not both.');
    },
  });
  addCompareCommand(program);
}
