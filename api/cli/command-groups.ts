import type { Command } from 'commander';

/** Commands that live in one file, which is loaded when one of them is called. */
export interface CommandGroup {
  commands: readonly string[];
  load: () => Promise<(program: Command) => void>;
}

/** All commands, in the order in which the help shows them. */
export const COMMAND_GROUPS: readonly CommandGroup[] = [
  {
    commands: ['login', 'logout', 'whoami'],
    load: async () => (await import('./commands/sign-in.ts')).addSignInCommands,
  },
  {
    commands: ['workflows', 'workflow', 'validate', 'diff', 'publish', 'archive'],
    load: async () => (await import('./commands/workflows.ts')).addWorkflowCommands,
  },
];
