import { randomUUID } from 'node:crypto';
import type { Ctx } from '../../activities/context.ts';
import {
  authenticateApiKey,
  createApiKey,
  listApiKeys,
  provisionTenant,
  revokeApiKey,
  type PersonSummary,
  type Platform,
} from '../../activities/tenancy/index.ts';
import type { TenantId } from '../../workflows/ids.ts';
import { PERMISSIONS, type Role } from '../../workflows/tenancy/model.ts';

/** The roles of the demo's five people: one person each. */
export const DEMO_ROLES = ['owner', 'operator', 'finance', 'security', 'viewer'] as const satisfies Role[];
export type DemoRole = (typeof DEMO_ROLES)[number];

/** The demo organisation, with one API key a person. */
export interface SeededDemo {
  tenantId: TenantId;
  people: Record<DemoRole, PersonSummary>;
  tokens: Record<DemoRole, string>;
}

const NAMES: Record<DemoRole, string> = {
  owner: 'Olivia Okafor',
  operator: 'Mateus Ferreira',
  finance: '佐藤 陽子',
  security: 'ליאור כהן',
  viewer: 'Zsófia Szabó',
};
const KEY_NAME = 'Local start';

/**
 * Makes the demo organisation with its five people unless they are there, and gives each a working API key: the one
 * in `tokens` when it still signs that person in, else a new one, after the older ones made here were revoked.
 */
export async function seedDemo(
  platform: Platform,
  { tokens = {} }: { tokens?: Partial<Record<DemoRole, string>> } = {},
): Promise<SeededDemo> {
  const { tenantId, people } = await provisionTenant(platform, {
    slug: 'demo',
    name: 'Demo organisation',
    people: DEMO_ROLES.map((role) => ({
      email: `${role}@demo.levqor.example`,
      name: NAMES[role],
      roles: [role],
    })),
  });
  const byRole = Object.fromEntries(DEMO_ROLES.map((role, i) => [role, people[i]])) as SeededDemo['people'];
  const keys: [DemoRole, string][] = [];
  for (const role of DEMO_ROLES) {
    const ctx = asDemoPerson(platform, tenantId, { person: byRole[role], role });
    const given = tokens[role];
    const kept = given !== undefined && (await signsIn(ctx, given)) ? given : null;
    keys.push([role, kept ?? (await replaceKey(ctx))]);
  }
  return { tenantId, people: byRole, tokens: Object.fromEntries(keys) as SeededDemo['tokens'] };
}

/** A call by a demo person that may also make keys, which most roles may not: the platform hands these out. */
function asDemoPerson(
  platform: Platform,
  tenantId: TenantId,
  { person, role }: { person: PersonSummary; role: DemoRole },
): Ctx & { actor: { kind: 'person' } } {
  return {
    ...platform,
    tenantId,
    actor: {
      kind: 'person',
      personId: person.id,
      email: person.email,
      name: person.name,
      roles: [role],
      apiKeyId: null,
    },
    permissions: new Set(PERMISSIONS),
    requestId: randomUUID(),
  };
}

async function signsIn(ctx: ReturnType<typeof asDemoPerson>, token: string): Promise<boolean> {
  const found = await authenticateApiKey(ctx.database, token);
  return found?.actor.kind === 'person' && found.actor.personId === ctx.actor.personId;
}

async function replaceKey(ctx: ReturnType<typeof asDemoPerson>): Promise<string> {
  const { items } = await listApiKeys(ctx, { first: 100 });
  for (const { node } of items)
    if (node.name === KEY_NAME && node.person?.id === ctx.actor.personId && node.revokedAt === null)
      await revokeApiKey(ctx, { id: node.id });
  return (await createApiKey(ctx, { name: KEY_NAME })).token;
}
