// What the worker bundles. First the hardening, then everything that Temporal may start.
import './harden-sandbox.ts';

export * from './approvals/mail-approval.workflow.ts';
export * from './endpoints/deliver-event.workflow.ts';
export * from './runs/bulk-rerun.workflow.ts';
export * from './runs/run-definition.workflow.ts';
export * from './schedules/run-schedule.workflow.ts';
