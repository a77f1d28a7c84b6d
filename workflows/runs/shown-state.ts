import type { SearchAttributePair } from '@temporalio/common';
import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { ApprovalClass } from '../approvals/model.ts';
import {
  approvalClassAttribute,
  runAttributes,
  statusAttribute,
  type StartedOf,
} from '../search-attributes.ts';
import type { RunKey } from './activities.ts';
import type { RunStatus } from './model.ts';

// An execution shows its state only if it was started with one: those of before issue the commands that they issued
// then, and a test's server need not know the attributes. A new history takes the attributes of the one before.

/** Shows in Temporal what the run is doing now. Costs an event of history when that changes. */
export function showStatus(status: RunStatus): void {
  show({ key: statusAttribute, value: status });
}

/** Shows the class of an approval that people are asked for. */
export function showApprovalClass(value: ApprovalClass): void {
  if (value !== 'A') show({ key: approvalClassAttribute, value });
}

/** What a called run is started with; undefined where the caller shows nothing. */
export function childAttributes({ tenantId }: RunKey, of: StartedOf): SearchAttributePair[] | undefined {
  return isShown() ? runAttributes(tenantId, of) : undefined;
}

function isShown(): boolean {
  return workflowInfo().typedSearchAttributes.get(statusAttribute) !== undefined;
}

function show(pair: { key: typeof statusAttribute; value: string }): void {
  if (!isShown() || workflowInfo().typedSearchAttributes.get(pair.key) === pair.value) return;
  upsertSearchAttributes([pair]);
}
