import type { Command } from 'commander';

/** Commands that live in one file, which is loaded when one of them is called. */
export interface CommandGroup {
  /** The heading under which the help shows them. Several files may share one. */
  heading: string;
  commands: readonly string[];
  load: () => Promise<(program: Command) => void>;
}

const WORKFLOWS = 'Workflows:';
const RUNS = 'Runs:';
const APPROVALS = 'Approvals:';
const STARTS = 'What starts runs, and who is told:';
const ORGANISATION = 'The organisation:';

/** All commands, in the order in which the help shows them. */
export const COMMAND_GROUPS: readonly CommandGroup[] = [
  {
    heading: 'Signing in:',
    commands: ['login', 'logout', 'whoami'],
    load: async () => (await import('./commands/sign-in.ts')).addSignInCommands,
  },
  {
    heading: WORKFLOWS,
    commands: ['workflows', 'workflow', 'validate'],
    load: async () => (await import('./commands/workflows.ts')).addWorkflowCommands,
  },
  {
    heading: WORKFLOWS,
    commands: ['push', 'export', 'import'],
    load: async () => (await import('./commands/transfer.ts')).addTransferCommands,
  },
  {
    heading: WORKFLOWS,
    commands: ['diff', 'publish', 'archive'],
    load: async () => (await import('./commands/publish.ts')).addPublishCommands,
  },
  {
    heading: WORKFLOWS,
    commands: ['test'],
    load: async () => (await import('./commands/test-run.ts')).addTestCommand,
  },
  {
    heading: RUNS,
    commands: ['run', 'runs', 'show', 'logs'],
    load: async () => (await import('./commands/runs.ts')).addRunCommands,
  },
  {
    heading: RUNS,
    commands: ['cancel', 'pause', 'resume', 'send-event'],
    load: async () => (await import('./commands/control.ts')).addControlCommands,
  },
  {
    heading: RUNS,
    commands: ['failures', 'rerun', 'compare'],
    load: async () => (await import('./commands/again.ts')).addAgainCommands,
  },
  {
    heading: APPROVALS,
    commands: ['approvals', 'approval', 'approve', 'deny'],
    load: async () => (await import('./commands/approvals.ts')).addApprovalCommands,
  },
  {
    heading: APPROVALS,
    commands: ['delegate', 'delegations', 'delegation', 'analytics'],
    load: async () => (await import('./commands/delegations.ts')).addDelegationCommands,
  },
  {
    heading: STARTS,
    commands: ['schedules', 'schedule'],
    load: async () => (await import('./commands/schedules.ts')).addScheduleCommands,
  },
  {
    heading: STARTS,
    commands: ['webhook'],
    load: async () => (await import('./commands/webhooks.ts')).addWebhookCommands,
  },
  {
    heading: STARTS,
    commands: ['endpoints', 'endpoint'],
    load: async () => (await import('./commands/endpoints.ts')).addEndpointCommands,
  },
  {
    heading: ORGANISATION,
    commands: ['members', 'member'],
    load: async () => (await import('./commands/members.ts')).addMemberCommands,
  },
  {
    heading: ORGANISATION,
    commands: ['keys', 'key'],
    load: async () => (await import('./commands/keys.ts')).addKeyCommands,
  },
  {
    heading: ORGANISATION,
    commands: ['connections', 'connection'],
    load: async () => (await import('./commands/connections.ts')).addConnectionCommands,
  },
  {
    heading: ORGANISATION,
    commands: ['audit'],
    load: async () => (await import('./commands/audit.ts')).addAuditCommand,
  },
];
