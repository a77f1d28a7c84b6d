import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import type { TenantId } from './ids.ts';

export const tenantAttribute = defineSearchAttributeKey('LevqorTenant', 'KEYWORD');
/** The id of the workflow that runs, and the number of its version. */
export const workflowAttribute = defineSearchAttributeKey('LevqorWorkflow', 'KEYWORD');
export const versionAttribute = defineSearchAttributeKey('LevqorVersion', 'INT');
/** What a run that goes on is doing: RUNNING, WAITING or PAUSED. It tells nothing of one that is over. */
export const statusAttribute = defineSearchAttributeKey('LevqorStatus', 'KEYWORD');
/** The class of the approval that the run asked for last. */
export const approvalClassAttribute = defineSearchAttributeKey('LevqorApprovalClass', 'KEYWORD');

/** What a run is started of. Messages of earlier releases do not tell. */
export interface StartedOf {
  workflowId?: string;
  version?: number;
}

/** What an execution of a run is started with, so that it can be found in Temporal. */
export function runAttributes(tenantId: TenantId, { workflowId, version }: StartedOf): SearchAttributePair[] {
  return [
    { key: tenantAttribute, value: tenantId },
    { key: statusAttribute, value: 'RUNNING' },
    ...(workflowId === undefined ? [] : [{ key: workflowAttribute, value: workflowId }]),
    ...(version === undefined ? [] : [{ key: versionAttribute, value: version }]),
  ];
}
