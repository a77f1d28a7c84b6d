import { driverCodes, isTransient } from './retry.ts';

/** True when an error says that PostgreSQL is down, going down, or gives no connection. */
export function isDatabaseAway(error: unknown): boolean {
  if (isTransient(error)) return true;
  if (!(error instanceof Error)) return false;
  const codes = [error, (error as { meta?: unknown }).meta, error.cause]
    .map(codeOf)
    .concat(driverCodes(error));
  return codes.some((code) => AWAY.has(code)) || AWAY_IN_WORDS.test(error.message);
}

/** What the driver says without a code: hung up, hung up before, and no answer in time. */
const AWAY_IN_WORDS = /Connection terminated|connection error and is not queryable|^timeout expired$/;
const AWAY = new Set([
  'P1001',
  'P1002',
  'P1017',
  'P2024',
  'P2028',
  '57P01',
  '57P02',
  '57P03',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ConnectionClosed',
  'SocketTimeout',
]);

function codeOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  const { code, originalCode, kind } = value as Record<'code' | 'originalCode' | 'kind', unknown>;
  const known = originalCode ?? code ?? kind;
  return typeof known === 'string' ? known : '';
}
