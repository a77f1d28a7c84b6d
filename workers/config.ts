import { z } from 'zod';

/** The settings of the worker process, by the name of their environment variable. */
const environment = z.object({
  APP_DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://'),
  LEVQOR_ENCRYPTION_KEYS: z.string().min(1),
  LEVQOR_EGRESS_ALLOW: z.string().default(''),
  LEVQOR_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  LEVQOR_LOG_PRETTY: z.stringbool().optional(),
  LEVQOR_WORKFLOW_BUNDLE: z.string().min(1).optional(),
});

export interface WorkerConfig {
  databaseUrl: string;
  encryptionKeys: string;
  /** Addresses (`host:port`, comma-separated) that steps may reach although the egress guard would refuse them. */
  egressAllow: string;
  /** A bundle made by `workers/bundle.ts`; without it the worker bundles the workflows when it starts. */
  workflowBundle: string | undefined;
  log: { level: z.output<typeof environment>['LEVQOR_LOG_LEVEL']; pretty: boolean };
}

/** Reads the worker's settings. Throws an error that names each wrong variable and says where to look. */
export function readWorkerConfig(env: NodeJS.ProcessEnv = process.env): WorkerConfig {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(
      ['The worker cannot start with these settings:', ...lines, 'See .env.example.'].join('\n'),
    );
  }
  const settings = parsed.data;
  return {
    databaseUrl: settings.APP_DATABASE_URL,
    encryptionKeys: settings.LEVQOR_ENCRYPTION_KEYS,
    egressAllow: settings.LEVQOR_EGRESS_ALLOW,
    workflowBundle: settings.LEVQOR_WORKFLOW_BUNDLE,
    log: { level: settings.LEVQOR_LOG_LEVEL, pretty: settings.LEVQOR_LOG_PRETTY ?? process.stdout.isTTY },
  };
}
