/** Search attributes of every run, by name and type, as the server must know them. Never personal data. */
export const SEARCH_ATTRIBUTES = {
  LevqorTenant: 'Keyword',
  LevqorWorkflow: 'Keyword',
  LevqorVersion: 'Int',
  LevqorStatus: 'Keyword',
  LevqorApprovalClass: 'Keyword',
} as const;

export { tenantAttribute } from '../workflows/search-attributes.ts';
