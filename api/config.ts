import { z } from 'zod';
import { DEFAULT_RATES, type RateSettings } from './rate-limits.ts';
import type { Rate } from './token-buckets.ts';
import { LAUNCH_STAGES, type LaunchStage } from '../workflows/launch-stage.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const flag = z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1');

const rate = (fallback: Rate) =>
  z
    .string()
    .regex(/^[1-9]\d{0,8}\/[1-9]\d{0,5}$/, 'must be points/seconds, such as 600/10')
    .transform((text): Rate => {
      const [points = 1, seconds = 1] = text.split('/').map(Number);
      return { points, seconds };
    })
    .default(fallback);

/** The settings of the API process, by the name of their environment variable. */
const environment = z.object({
  LEVQOR_API_HOST: z.string().min(1).default('127.0.0.1'),
  LEVQOR_API_PORT: port.default(4000),
  LEVQOR_PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://levqor.example' })
    .optional(),
  LEVQOR_TEMPORAL_UI_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://temporal.example' })
    .optional(),
  LEVQOR_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  LEVQOR_LOG_PRETTY: flag.optional(),
  LEVQOR_PRODUCTION: flag.default(false),
  LEVQOR_LAUNCH_STAGE: z.enum(LAUNCH_STAGES).default('pre-launch'),
  LEVQOR_ENCRYPTION_KEYS: z.string().min(1),
  LEVQOR_TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
  LEVQOR_RATE_LIMIT_KEY: rate(DEFAULT_RATES.key),
  LEVQOR_RATE_LIMIT_ADDRESS: rate(DEFAULT_RATES.address),
  LEVQOR_RATE_LIMIT_SIGN_IN: rate(DEFAULT_RATES.signIn),
  LEVQOR_RATE_LIMIT_HOOK: rate(DEFAULT_RATES.hook),
  LEVQOR_RATE_LIMIT_HOOK_ADDRESS: rate(DEFAULT_RATES.hookAddress),
  LEVQOR_RATE_LIMIT_APPROVE: rate(DEFAULT_RATES.approve),
  LEVQOR_WEB_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  LEVQOR_WEB_PUBLIC_KEY: z.base64('must be an Ed25519 public key, SPKI in base64').optional(),
  LEVQOR_MAIL_URL: z
    .url({ protocol: /^smtps?$/, error: 'must be an address such as smtps://user:password@mail.example:465' })
    .optional(),
  LEVQOR_MAIL_FROM: z.string().min(3).default('Levqor <no-reply@levqor.example>'),
  LEVQOR_DEMO_PEOPLE: z
    .string()
    .default('')
    .transform((text) => text.split(',').filter((part) => part !== '')),
  APP_DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://'),
});

export interface ApiConfig {
  host: string;
  /** 0 takes any free port (tests). */
  port: number;
  /** Where the outside reaches this API, without a slash at the end; where it listens when left out. */
  publicUrl: string | undefined;
  /** Temporal's web interface, without a slash at the end. */
  temporalUiUrl: string | undefined;
  databaseUrl: string;
  /** Secret: the platform's master keys. */
  encryptionKeys: string;
  launchStage: LaunchStage;
  rateLimits: RateSettings;
  /** Hides the schema from strangers: no introspection, no suggestions in error texts. */
  production: boolean;
  /** The web app beside this API; null where there is none. */
  web: { secret: string; publicKey: string; demoPeople: string[] } | null;
  /** The platform's own mail server; null where none is set. */
  mail: { url: string; from: string } | null;
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
    publicUrl: settings.LEVQOR_PUBLIC_URL?.replace(/\/+$/, ''),
    temporalUiUrl: settings.LEVQOR_TEMPORAL_UI_URL?.replace(/\/+$/, ''),
    databaseUrl: settings.APP_DATABASE_URL,
    encryptionKeys: settings.LEVQOR_ENCRYPTION_KEYS,
    launchStage: settings.LEVQOR_LAUNCH_STAGE,
    rateLimits: {
      trustedProxies: settings.LEVQOR_TRUST_PROXY,
      rates: {
        key: settings.LEVQOR_RATE_LIMIT_KEY,
        address: settings.LEVQOR_RATE_LIMIT_ADDRESS,
        signIn: settings.LEVQOR_RATE_LIMIT_SIGN_IN,
        hook: settings.LEVQOR_RATE_LIMIT_HOOK,
        hookAddress: settings.LEVQOR_RATE_LIMIT_HOOK_ADDRESS,
        approve: settings.LEVQOR_RATE_LIMIT_APPROVE,
      },
    },
    production: settings.LEVQOR_PRODUCTION,
    web: webOf(settings),
    mail: settings.LEVQOR_MAIL_URL
      ? { url: settings.LEVQOR_MAIL_URL, from: settings.LEVQOR_MAIL_FROM }
      : null,
    log: {
      level: settings.LEVQOR_LOG_LEVEL,
      pretty: settings.LEVQOR_LOG_PRETTY ?? process.stdout.isTTY,
    },
  };
}

function webOf(settings: z.output<typeof environment>): ApiConfig['web'] {
  const { LEVQOR_WEB_SECRET: secret, LEVQOR_WEB_PUBLIC_KEY: publicKey } = settings;
  if (!secret || !publicKey) return null;
  return { secret, publicKey, demoPeople: settings.LEVQOR_DEMO_PEOPLE };
}

function settingsProblem(error: z.ZodError, given: Record<string, unknown>): string {
  const lines = error.issues.map((issue) => {
    const name = String(issue.path[0]);
    return `  ${name}: ${given[name] === undefined ? 'is not set' : issue.message}`;
  });
  return ['The API cannot start with these settings:', ...lines, 'See .env.example.'].join('\n');
}
