import type { z } from 'zod';
import type { Json } from '../../workflows/json.ts';
import { wrongField } from './effect-failed.ts';

/** A step's evaluated `with`, checked. Throws EffectFailed naming the first wrong field; no value is repeated. */
export function readFields<Schema extends z.ZodType>(schema: Schema, given: Json): z.output<Schema> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw wrongField(['with', ...(issue?.path ?? [])].map(String).join('.'), issue?.message ?? 'not valid');
}
