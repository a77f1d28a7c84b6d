import type { Command } from 'commander';
import { UsageError } from '../cli-error.ts';
import { addCommand } from '../command.ts';
import { addCompareCommand, rerunOne, type RerunOptions } from './rerun.ts';

/** Adds `rerun` and `compare`. */
export function addAgainCommands(program: Command): void {
  addCommand<RerunOptions>(program, {
    name: 'rerun [run]',
    about: 'run a run again from a step, with what it had done before',
    options: [
      ['--from <step>', 'the path or the id of the step (where it failed)'],
      ['--version <number>', 'the version to run (the one it ran)'],
      ['--preview', 'only show what it would repeat'],
      ['--yes', 'do not ask'],
    ],
    run: async (session, { args: [run], options }) => {
      if (run === undefined) throw new UsageError('run_missing', 'Name the run.');
      return rerunOne(session, run, options);
    },
  });
  addCompareCommand(program);
}
