import { defineSearchAttributeKey } from '@temporalio/common';

/** Search attributes of every run, by name and type, as the server must know them. Never personal data. */
export const SEARCH_ATTRIBUTES = {
  LevqorTenant: 'Keyword',
} as const;

export const tenantAttribute = defineSearchAttributeKey('LevqorTenant', 'KEYWORD');
