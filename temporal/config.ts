import { z } from 'zod';

/** Where Temporal is. `TEMPORAL_API_KEY` and `TEMPORAL_TLS` are for a server that is not on this machine. */
const schema = z.object({
  TEMPORAL_ADDRESS: z.string().min(1).default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  TEMPORAL_TLS: z.stringbool().default(false),
  TEMPORAL_API_KEY: z.string().min(1).optional(),
});

export interface TemporalConfig {
  address: string;
  namespace: string;
  tls: boolean;
  apiKey: string | undefined;
}

/** Reads the settings of the Temporal connection. Throws ZodError naming the variable. */
export function temporalConfig(env: NodeJS.ProcessEnv = process.env): TemporalConfig {
  const parsed = schema.parse(env);
  return {
    address: parsed.TEMPORAL_ADDRESS,
    namespace: parsed.TEMPORAL_NAMESPACE,
    tls: parsed.TEMPORAL_TLS || parsed.TEMPORAL_API_KEY !== undefined,
    apiKey: parsed.TEMPORAL_API_KEY,
  };
}
