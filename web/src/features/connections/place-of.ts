import type { Json } from '../../graphql/graphql.ts';

/** Where a connection leads, in a line: its address, or host, port and database. */
export function placeOf(settings: Json): string {
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) return '';
  const { baseUrl, host, port, database } = settings;
  if (typeof baseUrl === 'string') return baseUrl;
  const place = typeof host === 'string' ? host : '';
  const behind = typeof port === 'number' ? `:${port}` : '';
  return place + behind + (typeof database === 'string' ? `/${database}` : '');
}
