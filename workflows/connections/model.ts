import { z } from 'zod';
import {
  httpSecretsSchema,
  httpSettingsSchema,
  type HttpSecrets,
  type HttpSettings,
} from './http-connection.ts';
import { line } from './line.ts';
import { parseMailbox } from './mailbox.ts';
import { rateLimitSchema } from './rate-limit.ts';

/** What a connection can lead to. */
export const CONNECTION_KINDS = ['HTTP', 'POSTGRES', 'SMTP'] as const;
export type ConnectionKind = (typeof CONNECTION_KINDS)[number];

/** The name by which steps know a connection. Letter case counts; unique in the organisation. */
export const connectionNameSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/,
    'Use 1 to 64 letters, digits, dashes or underscores, beginning with a letter or a digit.',
  );

const hostSchema = line(253).regex(
  /^(?:[\p{L}\p{N}\p{M}._-]+|\[?[0-9A-Fa-f:.]+\]?)$/u,
  'Give a host name or an IP address only, without https://, port or path.',
);
const portSchema = z.int().min(1, 'A port is 1 to 65535.').max(65_535, 'A port is 1 to 65535.');

/**
 * `true`: encrypted, certificate checked. `'unverified'`: encrypted, any certificate. `false`: plain text.
 * Left out: as `true`, except for an address on the operator's own allow-list, which is reached in plain text.
 */
const tlsSchema = z.union([z.boolean(), z.literal('unverified')], {
  error: 'Use true, false or "unverified".',
});
export type TlsSetting = z.output<typeof tlsSchema>;

const postgresSettingsSchema = z.strictObject({
  host: hostSchema,
  /** Default 5432. */
  port: portSchema.optional(),
  database: line(63),
  user: line(63),
  tls: tlsSchema.optional(),
  /** True: every statement runs in a read-only transaction. */
  readOnly: z.boolean().optional(),
  rateLimit: rateLimitSchema.optional(),
});
export type PostgresSettings = z.output<typeof postgresSettingsSchema>;

const postgresSecretsSchema = z.strictObject({ password: z.string().min(1).max(1024) });
export type PostgresSecrets = z.output<typeof postgresSecretsSchema>;

const smtpSettingsSchema = z.strictObject({
  host: hostSchema,
  port: portSchema,
  /** Encrypted from the first byte on ports 465 and 2465, by STARTTLS on all others. */
  tls: tlsSchema.optional(),
  /** The sender: `ops@example.com` or `Operations <ops@example.com>`. */
  from: line(320).refine((text) => parseMailbox(text) !== null, {
    error: 'Give a sender such as ops@example.com or Operations <ops@example.com>.',
  }),
  rateLimit: rateLimitSchema.optional(),
});
export type SmtpSettings = z.output<typeof smtpSettingsSchema>;

const smtpSecretsSchema = z.strictObject({ username: line(1024), password: z.string().min(1).max(16_384) });
export type SmtpSecrets = z.output<typeof smtpSecretsSchema>;

/** Kind, settings and secrets of a connection. Settings are shown to people; secrets are never shown again. */
export const connectionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('HTTP'),
    settings: httpSettingsSchema,
    secrets: httpSecretsSchema.nullish(),
  }),
  z.strictObject({
    kind: z.literal('POSTGRES'),
    settings: postgresSettingsSchema,
    secrets: postgresSecretsSchema.nullish(),
  }),
  z.strictObject({
    kind: z.literal('SMTP'),
    settings: smtpSettingsSchema,
    secrets: smtpSecretsSchema.nullish(),
  }),
]);

/** A connection as an effect gets it, secrets opened. Lives inside an activity only. */
export type ResolvedConnection = { name: string } & (
  | { kind: 'HTTP'; settings: HttpSettings; secrets: HttpSecrets | null }
  | { kind: 'POSTGRES'; settings: PostgresSettings; secrets: PostgresSecrets | null }
  | { kind: 'SMTP'; settings: SmtpSettings; secrets: SmtpSecrets | null }
);
type Unnamed<One> = One extends unknown ? Omit<One, 'name'> : never;
/** {@link ResolvedConnection} before it has a name. */
export type ConnectionContent = Unnamed<ResolvedConnection>;

/** One field that is wrong; `field` is dotted (`settings.baseUrl`). No message repeats a value. */
export interface ConnectionIssue {
  field: string;
  message: string;
}

/** Checks kind, settings and secrets together. Missing or empty secrets become null. */
export function parseConnection(
  raw: unknown,
): { connection: ConnectionContent } | { issues: ConnectionIssue[] } {
  const parsed = connectionSchema.safeParse(raw);
  if (!parsed.success) {
    const issues = parsed.error.issues.map((one) => ({
      field: one.path.map(String).join('.'),
      message: one.message,
    }));
    return { issues };
  }
  const { secrets } = parsed.data;
  const some = secrets && Object.keys(secrets).length > 0 ? secrets : null;
  return { connection: { ...parsed.data, secrets: some } as ConnectionContent };
}
