import { z } from 'zod';
import { LAUNCH_STAGES, type LaunchStage } from '../workflows/launch-stage.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const flag = z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1');

/** The settings of the API process, by the name of their environment variable. */
const environment = z.object({
  LEVQOR_API_HOST: z.string().min(1).default('127.0.0.1'),
  LEVQOR_API_PORT: port.default(4000),
  LEVQOR_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  LEVQOR_LOG_PRETTY: flag.optional(),
  LEVQOR_PRODUCTION: flag.default(false),
  LEVQOR_LAUNCH_STAGE: z.enum(LAUNCH_STAGES).default('pre-launch'),
  LEVQOR_ENCRYPTION_KEYS: z.string().min(1),
  APP_DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://'),
});

export interface ApiConfig {
  host: string;
  /** 0 takes any free port (tests). */
  port: number;
  databaseUrl: string;
  /** Secret: the platform's master keys. */
  encryptionKeys: string;
  launchStage: LaunchStage;
  /** Hides the schema from strangers: no introspection, no suggestions in error texts. */
  production: boolean;
  log: { level: z.output<typeof environment>['LEVQOR_LOG_LEVEL']; pretty: boolean };
}

/** Reads the API's settings. Throws an error that names each wrong variable and says where to look. */
export function readApiConfig(env: NodeJS.ProcessEnv = process.env): ApiConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) throw new Error(settingsProblem(parsed.error, given));
  const settings = parsed.data;
  return {
    host: settings.LEVQOR_API_HOST,
    port: settings.LEVQOR_API_PORT,
    databaseUrl: settings.APP_DATABASE_URL,
    encryptionKeys: settings.LEVQOR_ENCRYPTION_KEYS,
    launchStage: settings.LEVQOR_LAUNCH_STAGE,
    production: settings.LEVQOR_PRODUCTION,
    log: {
      level: settings.LEVQOR_LOG_LEVEL,
      pretty: settings.LEVQOR_LOG_PRETTY ?? process.stdout.isTTY,
    },
  };
}

function settingsProblem(error: z.ZodError, given: Record<string, unknown>): string {
  const lines = error.issues.map((issue) => {
    const name = String(issue.path[0]);
    return `  ${name}: ${given[name] === undefined ? 'is not set' : issue.message}`;
  });
  return ['The API cannot start with these settings:', ...lines, 'See .env.example.'].join('\n');
}
