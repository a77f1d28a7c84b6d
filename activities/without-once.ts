import type { z } from 'zod';
import type { Ctx } from './context.ts';
import type { Verb } from './verb.ts';

/** A verb that takes no idempotency key. */
export interface VerbWithoutOnce<Action extends string, Input extends z.ZodType, Result> extends Pick<
  Verb<Action, Input, Result>,
  'action' | 'permission'
> {
  (ctx: Ctx, input: z.input<Input>): Promise<Result>;
}

/** Takes the idempotency key away from a verb whose request or answer holds a secret: both leave a trace in the database. */
export function withoutOnce<Action extends string, Input extends z.ZodType, Result>(
  verb: Verb<Action, Input, Result>,
): VerbWithoutOnce<Action, Input, Result> {
  const call = (ctx: Ctx, input: z.input<Input>) => verb(ctx, input);
  return Object.assign(call, { action: verb.action, permission: verb.permission });
}
