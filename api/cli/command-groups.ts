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
    commands: ['workflows', 'workflow', 'validate'],
    load: async () => (await import('./commands/workflows.ts')).addWorkflowCommands,
  },
  {
    commands: ['diff', 'publish', 'archive'],
    load: async () => (await import('./commands/publish.ts')).addPublishCommands,
  },
  {
    commands: ['push', 'export', 'import'],
    load: async () => (await import('./commands/transfer.ts')).addTransferCommands,
  },
  {
    commands: ['run', 'runs', 'show', 'logs'],
    load: async () => (await import('./commands/runs.ts')).addRunCommands,
  },
  {
    commands: ['cancel', 'pause', 'resume', 'send-event'],
    load: async () => (await import('./commands/control.ts')).addControlCommands,
  },
  {
    commands: ['test'],
    load: async () => (await import('./commands/test-run.ts')).addTestCommand,
  },
  {
    commands: ['failures', 'rerun', 'compare'],
    load: async () => (await import('./commands/again.ts')).addAgainCommands,
  },
  {
    commands: ['approvals', 'approval', 'approve', 'deny'],
    load: async () => (await import('./commands/approvals.ts')).addApprovalCommands,
  },
  {
    commands: ['delegate', 'delegations', 'analytics'],
    load: async () => (await import('./commands/delegations.ts')).addDelegationCommands,
  },
  {
    commands: ['schedules', 'schedule'],
    load: async () => (await import('./commands/schedules.ts')).addScheduleCommands,
  },
  {
    commands: ['webhook'],
    load: async () => (await import('./commands/webhooks.ts')).addWebhookCommands,
  },
  {
    commands: ['connections', 'keys', 'members', 'audit'],
    load: async () => (await import('./commands/organisation.ts')).addOrganisationCommands,
  },
];
