import { driverCodes, isTransient } from './retry.ts';

/** True when an error says that PostgreSQL is down, going down, or gives no connection. */
export function isDatabaseAway(error: unknown): boolean {
  if (isTransient(error)) return true;
  if (!(error instanceof Error)) return false;
  const codes = [error, (error as { meta?: unknown }).meta, error.cause]
    .map(codeOf)
    .concat(driverCodes(error));
  return codes.some((code) => AWAY.has(code)) || /Connection terminated/.test(error.message);
}

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
  'ConnectionClosed',
  'SocketTimeout',
]);

function codeOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  const { code, originalCode } = value as { code?: unknown; originalCode?: unknown };
  const known = originalCode ?? code;
  return typeof known === 'string' ? known : '';
}
