import { z } from 'zod';
import { headerProblem, looksLikeCredential } from './http-headers.ts';
import { line } from './line.ts';
import { rateLimitSchema } from './rate-limit.ts';

/** Header names and values; each name once, whatever its letter case. */
const headersSchema = z.record(z.string(), z.string()).superRefine((headers, context) => {
  const seen = new Set<string>();
  for (const [name, value] of Object.entries(headers)) {
    const problem = seen.has(name.toLowerCase())
      ? `The header ${name} is there twice.`
      : headerProblem(name, value);
    if (problem) context.addIssue({ code: 'custom', path: [name], message: problem });
    seen.add(name.toLowerCase());
  }
});

const openHeadersSchema = headersSchema.superRefine((headers, context) => {
  for (const [name, value] of Object.entries(headers))
    if (looksLikeCredential(name, value))
      context.addIssue({
        code: 'custom',
        path: [name],
        message: `The header ${name} looks like a credential. Move it to secrets.headers, where it is encrypted.`,
      });
});

const baseUrlSchema = line(2048).superRefine((url, context) => {
  const problem = baseUrlProblem(url);
  if (problem) context.addIssue({ code: 'custom', message: problem });
});

/** Where an HTTP connection leads; everything here is shown to people. */
export const httpSettingsSchema = z.strictObject({
  baseUrl: baseUrlSchema,
  headers: openHeadersSchema.optional(),
  rateLimit: rateLimitSchema.optional(),
});
export type HttpSettings = z.output<typeof httpSettingsSchema>;

/** What proves who we are: a bearer token, or user name and password; headers alone or besides. */
export const httpSecretsSchema = z
  .strictObject({
    bearer: z
      .string()
      .regex(/^[\x21-\x7e]{1,16384}$/, 'A bearer token has no spaces and no line breaks.')
      .optional(),
    username: line(1024)
      .regex(/^[^:]*$/, 'A user name for HTTP can not hold a colon.')
      .optional(),
    password: z
      .string()
      .max(16_384)
      .regex(/^\P{Cc}*$/u, 'A password is one line.')
      .optional(),
    headers: headersSchema.optional(),
  })
  .superRefine((secrets, context) => {
    const problem = httpSecretsProblem(secrets);
    if (problem) context.addIssue({ code: 'custom', ...problem });
  });
export type HttpSecrets = z.output<typeof httpSecretsSchema>;

function baseUrlProblem(url: string): string | null {
  const parts = /^https?:\/\/([^/?#\\]+)(\/[^?#\\]*)?$/i.exec(url);
  const authority = parts?.[1];
  if (/^https?:\/\/[^/?#\\]*@/i.test(url))
    return 'Take the user name and password out of baseUrl. Put them into secrets.username and secrets.password.';
  if (!authority) return 'Give an address such as https://api.example.com/v1, without ? and # parts.';
  const port = /^(?:\[[0-9A-Fa-f:.]+\]|[\p{L}\p{N}\p{M}._-]+)(?::(\d{1,5}))?$/u.exec(authority);
  if (!port) return 'The host in baseUrl is not a host name or an IP address.';
  if (port[1] !== undefined && (Number(port[1]) < 1 || Number(port[1]) > 65_535))
    return 'The port in baseUrl must be 1 to 65535.';
  if (/\s/.test(url)) return 'Take the spaces out of baseUrl.';
  return null;
}

interface GivenHttpSecrets {
  bearer?: string | undefined;
  username?: string | undefined;
  password?: string | undefined;
  headers?: Record<string, string> | undefined;
}

function httpSecretsProblem(secrets: GivenHttpSecrets): { path: string[]; message: string } | null {
  const { bearer, username, password, headers = {} } = secrets;
  const basic = username !== undefined || password !== undefined;
  if (bearer !== undefined && basic)
    return { path: ['bearer'], message: 'Give either bearer, or username and password, not both.' };
  if (basic && username === undefined)
    return { path: ['username'], message: 'A password needs a user name.' };
  if (basic && password === undefined)
    return { path: ['password'], message: 'A user name needs a password. It may be empty text.' };
  const authorization = Object.keys(headers).find((name) => name.toLowerCase() === 'authorization');
  if (authorization !== undefined && (basic || bearer !== undefined))
    return {
      path: ['headers', authorization],
      message: 'Authorization is made from the other secrets already.',
    };
  return null;
}
