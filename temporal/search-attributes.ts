import { defineSearchAttributeKey } from '@temporalio/common';

/** Search attributes of every run, by name and type, as the server must know them. Never personal data. */
export const SEARCH_ATTRIBUTES = {
  LevqorTenant: 'Keyword',
  LevqorWorkflow: 'Keyword',
  LevqorVersion: 'Int',
} as const;

export const tenantAttribute = defineSearchAttributeKey('LevqorTenant', 'KEYWORD');
/** The id of the workflow that runs, and the number of its version. */
export const workflowAttribute = defineSearchAttributeKey('LevqorWorkflow', 'KEYWORD');
export const versionAttribute = defineSearchAttributeKey('LevqorVersion', 'INT');
