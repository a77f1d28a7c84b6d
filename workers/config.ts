import { z } from 'zod';
import { LAUNCH_STAGES, type LaunchStage } from '../workflows/launch-stage.ts';

/** The settings of the worker process, by the name of their environment variable. */
const environment = z.object({
  APP_DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://'),
  LEVQOR_ENCRYPTION_KEYS: z.string().min(1),
  LEVQOR_EGRESS_ALLOW: z.string().default(''),
  LEVQOR_LAUNCH_STAGE: z.enum(LAUNCH_STAGES).default('pre-launch'),
  LEVQOR_PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://levqor.example' })
    .optional(),
  LEVQOR_API_PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  LEVQOR_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  LEVQOR_LOG_PRETTY: z.stringbool().optional(),
  LEVQOR_WORKER_METRICS_HOST: z.string().min(1).default('127.0.0.1'),
  LEVQOR_WORKER_METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  LEVQOR_WORKFLOW_BUNDLE: z.string().min(1).optional(),
});

export interface WorkerConfig {
  databaseUrl: string;
  encryptionKeys: string;
  /** Addresses (`host:port`, comma-separated) that steps may reach although the egress guard would refuse them. */
  egressAllow: string;
  /** The stage that runs which schedules start keep. */
  launchStage: LaunchStage;
  /** Where people reach the API, without a slash at the end: links in mails begin with it. */
  publicUrl: string;
  /** A bundle made by `workers/bundle.ts`; without it the worker bundles the workflows when it starts. */
  workflowBundle: string | undefined;
  /** Where the worker tells how it is; null opens no port. Port 0 takes a free one. */
  door: { host: string; port: number } | null;
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
    launchStage: settings.LEVQOR_LAUNCH_STAGE,
    publicUrl: (settings.LEVQOR_PUBLIC_URL ?? `http://127.0.0.1:${settings.LEVQOR_API_PORT}`).replace(
      /\/+$/,
      '',
    ),
    workflowBundle: settings.LEVQOR_WORKFLOW_BUNDLE,
    door:
      settings.LEVQOR_WORKER_METRICS_PORT === undefined
        ? null
        : { host: settings.LEVQOR_WORKER_METRICS_HOST, port: settings.LEVQOR_WORKER_METRICS_PORT },
    log: { level: settings.LEVQOR_LOG_LEVEL, pretty: settings.LEVQOR_LOG_PRETTY ?? process.stdout.isTTY },
  };
}
