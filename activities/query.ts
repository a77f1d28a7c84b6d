import type { z } from 'zod';
import type { Db } from '../prisma/database.ts';
import type { TenantId } from '../workflows/ids.ts';
import type { Permission } from '../workflows/tenancy/model.ts';
import type { Actor, Ctx } from './context.ts';
import { invalidInput } from './invalid-input.ts';
import { requirePermission } from './verb.ts';

interface QuerySpec<Input extends z.ZodType, Result> {
  permission: Permission;
  input: Input;
  run: (tools: { db: Db; tenantId: TenantId; actor: Actor }, input: z.output<Input>) => Promise<Result>;
}

/** A read. Permission checked, input parsed, one tenant transaction; nothing is written, so nothing is audited. */
export interface Query<Input extends z.ZodType, Result> {
  (ctx: Ctx, input: z.input<Input>): Promise<Result>;
  readonly permission: Permission;
}

/** Makes a query. It throws FORBIDDEN, INVALID and whatever `run` throws. */
export function query<Input extends z.ZodType, Result>(spec: QuerySpec<Input, Result>): Query<Input, Result> {
  const call = async (ctx: Ctx, raw: z.input<Input>): Promise<Result> => {
    requirePermission(ctx, spec.permission);
    const parsed = spec.input.safeParse(raw);
    if (!parsed.success) throw invalidInput(parsed.error);
    return ctx.database.withTenant(ctx.tenantId, (db) =>
      spec.run({ db, tenantId: ctx.tenantId, actor: ctx.actor }, parsed.data),
    );
  };
  return Object.assign(call, { permission: spec.permission });
}
