import { z } from 'zod';

const url = z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://');

/** The URL of the role that owns the tables; only migrations connect with it. Throws ZodError naming the variable. */
export function ownerDatabaseUrl(env: NodeJS.ProcessEnv = process.env): string {
  return z.object({ DATABASE_URL: url }).parse(env).DATABASE_URL;
}
