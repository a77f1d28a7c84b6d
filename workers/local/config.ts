import { z } from 'zod';

const port = (fallback: number) => z.coerce.number().int().min(1).max(65_535).default(fallback);

/** Settings of `npm start`, all with a default that works. */
const environment = z.object({
  DATABASE_URL: z.string().optional(),
  APP_DATABASE_URL: z.string().optional(),
  TEMPORAL_ADDRESS: z.string().optional(),
  LEVQOR_API_PORT: port(4000),
  LEVQOR_WEB_PORT: port(3000),
  LEVQOR_TEMPORAL_PORT: port(7233),
  LEVQOR_TEMPORAL_UI_PORT: port(8233),
  LEVQOR_POSTGRES_PORT: port(5439),
  LEVQOR_SMTP_PORT: port(1025),
  LEVQOR_MAIL_PORT: port(8025),
  LEVQOR_LAUNCH_STAGE: z.enum(['pre-launch', 'post-launch']).default('post-launch'),
  LEVQOR_EGRESS_ALLOW: z.string().default(''),
  LEVQOR_ENCRYPTION_KEYS: z.string().optional(),
});

/** Settings of API and worker that `npm start` has no word in. */
const PASSED_ON = [
  'TEMPORAL_NAMESPACE',
  'TEMPORAL_TLS',
  'TEMPORAL_API_KEY',
  'LEVQOR_TEMPORAL_UI_URL',
  'LEVQOR_LOG_LEVEL',
  'LEVQOR_PRODUCTION',
  'LEVQOR_PUBLIC_URL',
  'LEVQOR_TRUST_PROXY',
  'LEVQOR_RATE_LIMIT_KEY',
  'LEVQOR_RATE_LIMIT_ADDRESS',
  'LEVQOR_RATE_LIMIT_SIGN_IN',
  'LEVQOR_RATE_LIMIT_HOOK',
  'LEVQOR_RATE_LIMIT_HOOK_ADDRESS',
  'LEVQOR_RATE_LIMIT_APPROVE',
  'LEVQOR_WORKER_METRICS_HOST',
  'LEVQOR_WORKER_METRICS_PORT',
];

export interface LocalConfig {
  /** A PostgreSQL of the user's own; null starts the embedded one. */
  databaseUrl: string | null;
  appDatabaseUrl: string | null;
  /** A Temporal of the user's own; null starts the development server. */
  temporalAddress: string | null;
  ports: Record<'api' | 'web' | 'temporal' | 'temporalUi' | 'postgres' | 'smtp' | 'mail', number>;
  launchStage: 'pre-launch' | 'post-launch';
  egressAllow: string;
  /** Keys of the user's own; null takes those that the first start made. */
  encryptionKeys: string | null;
  /** Settings that go to API and worker as they are. */
  passedOn: Record<string, string>;
  /** Decide the demo's approvals, show its end as a table, and stop. */
  once: boolean;
}

/** The folder of a local platform's data that is not the usual one; null otherwise. Tests have one of their own. */
export function otherHome(env: NodeJS.ProcessEnv = process.env): string | null {
  return env['LEVQOR_LOCAL_HOME'] || null;
}

/** Reads settings and arguments. Throws an error that names what is wrong. */
export function readLocalConfig(args: string[], env: NodeJS.ProcessEnv = process.env): LocalConfig {
  const unknown = args.find((arg) => arg !== '--once');
  if (unknown !== undefined)
    throw new Error(`npm start does not know "${unknown}". It takes: npm start -- --once`);
  const parsed = environment.safeParse(
    Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')),
  );
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(['These settings are not right:', ...lines, 'See .env.example.'].join('\n'));
  }
  const given = parsed.data;
  return {
    databaseUrl: given.DATABASE_URL ?? null,
    appDatabaseUrl: given.APP_DATABASE_URL ?? null,
    temporalAddress: given.TEMPORAL_ADDRESS ?? null,
    ports: {
      api: given.LEVQOR_API_PORT,
      web: given.LEVQOR_WEB_PORT,
      temporal: given.LEVQOR_TEMPORAL_PORT,
      temporalUi: given.LEVQOR_TEMPORAL_UI_PORT,
      postgres: given.LEVQOR_POSTGRES_PORT,
      smtp: given.LEVQOR_SMTP_PORT,
      mail: given.LEVQOR_MAIL_PORT,
    },
    launchStage: given.LEVQOR_LAUNCH_STAGE,
    egressAllow: given.LEVQOR_EGRESS_ALLOW,
    encryptionKeys: given.LEVQOR_ENCRYPTION_KEYS ?? null,
    passedOn: Object.fromEntries(PASSED_ON.flatMap((name) => (env[name] ? [[name, env[name]]] : []))),
    once: args.includes('--once'),
  };
}
