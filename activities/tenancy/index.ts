export { newApiKeyToken, type NewApiKeyToken } from './api-key-token.ts';
export type { ApiKeyView } from './api-key-view.ts';
export { authenticateApiKey, type Authenticated } from './authenticate-api-key.ts';
export { createApiKey, type CreatedApiKey } from './create-api-key.ts';
export { emailField } from './ensure-person.ts';
export { inviteMember } from './invite-member.ts';
export { listApiKeys } from './list-api-keys.ts';
export { listAuditEvents, type AuditEventView } from './list-audit-events.ts';
export { listOrganisations, type OrganisationView } from './list-organisations.ts';
export { listMembers } from './list-members.ts';
export type { MemberView } from './member-view.ts';
export { personIn, readPeople, type PersonSummary } from './people.ts';
export {
  provisionTenant,
  type Platform,
  type ProvisionedTenant,
  type TenantToProvision,
} from './provision-tenant.ts';
export { renameOrganisation } from './rename-organisation.ts';
export { removeMember } from './remove-member.ts';
export { revokeApiKey } from './revoke-api-key.ts';
export { rolesIn, withViewer } from './roles.ts';
export { setMemberRoles } from './set-member-roles.ts';
export { verifyAuditChain, type AuditChainReport } from './verify-audit-chain.ts';
export { viewer, type Viewer } from './viewer.ts';
