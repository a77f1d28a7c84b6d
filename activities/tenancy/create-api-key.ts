import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { DomainError } from '../../workflows/errors.ts';
import { ROLES, type Role } from '../../workflows/tenancy/model.ts';
import { personOf, type Actor } from '../context.ts';
import { textField } from '../input-fields.ts';
import { verb } from '../verb.ts';
import { newApiKeyToken } from './api-key-token.ts';
import { toApiKeyView, type ApiKeyView } from './api-key-view.ts';
import { readPeople } from './people.ts';
import { rolesIn, rolesOf, withViewer } from './roles.ts';

/** A key just made. The token is shown this once; we keep only its hash. */
export interface CreatedApiKey {
  apiKey: ApiKeyView;
  token: string;
}

/**
 * Makes an API key for the caller, or a service key without a person. It has the caller's roles or some of them,
 * never more. A repetition with the same idempotency key gives the same token again, from a sealed copy.
 * Throws FORBIDDEN for a role that the caller lacks, INVALID for an expiry that has passed.
 */
export const createApiKey = verb({
  action: 'apiKey.create',
  permission: 'keys.write',
  secret: true,
  input: z.strictObject({
    name: textField(100),
    roles: z.array(z.enum(ROLES)).min(1).nullish(),
    service: z.boolean().nullish(),
    expiresAt: z.date().max(new Date('9999-01-01')).nullish(),
  }),
  run: async ({ db, tenantId, actor, target }, input): Promise<CreatedApiKey> => {
    const roles = grantedRoles(actor, input.roles ?? null);
    checkExpiry(input.expiresAt ?? null);
    const personId = input.service ? null : personOf(actor);
    const { token, prefix, hash } = newApiKeyToken();
    const row = await db.apiKey.create({
      data: {
        tenantId,
        id: randomUUID(),
        name: input.name,
        prefix,
        hash,
        personId,
        roles,
        createdBy: personOf(actor),
        expiresAt: input.expiresAt ?? null,
      },
    });
    target(row.id, { name: row.name, prefix, personId, roles });
    return { apiKey: toApiKeyView(row, await readPeople(db, tenantId, [personId])), token };
  },
});

function grantedRoles(actor: Actor, wanted: Role[] | null): Role[] {
  const own = rolesOf(actor);
  const allowed = withViewer(own);
  const beyond = wanted?.find((role) => !allowed.includes(role));
  if (beyond !== undefined)
    throw new DomainError(
      'FORBIDDEN',
      'role_not_held',
      `A key cannot have more rights than you. Leave out the role ${beyond}, which you do not have.`,
      { field: 'roles', role: beyond },
    );
  return rolesIn(wanted ?? own);
}

function checkExpiry(expiresAt: Date | null): void {
  if (expiresAt === null || expiresAt > new Date()) return;
  throw new DomainError('INVALID', 'expiry_in_the_past', 'expiresAt: choose a time in the future.', {
    field: 'expiresAt',
  });
}
