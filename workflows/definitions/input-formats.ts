import { z } from 'zod';

const FORMATS: Record<string, { name: string; schema: z.ZodType }> = {
  'date-time': {
    name: 'a time with its zone, as in 2027-01-31T09:00:00Z',
    schema: z.iso.datetime({ offset: true }),
  },
  date: { name: 'a date, as in 2027-01-31', schema: z.iso.date() },
  time: {
    name: 'a time of day, as in 09:00:00Z',
    schema: z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i),
  },
  email: { name: 'an e-mail address', schema: z.email() },
  uuid: { name: 'a UUID', schema: z.guid() },
  uri: {
    name: 'a full address, as in https://example.com',
    schema: z.string().regex(/^[a-z][a-z0-9+.-]*:[^\s]+$/i),
  },
  hostname: { name: 'a host name', schema: z.hostname() },
  ipv4: { name: 'an IPv4 address', schema: z.ipv4() },
  ipv6: { name: 'an IPv6 address', schema: z.ipv6() },
};

/** What each format that is checked is called in a message. */
export const FORMAT_NAMES: Record<string, string> = Object.fromEntries(
  Object.entries(FORMATS).map(([format, { name }]) => [format, name]),
);

/** True when the text has the format. A format that is not known only describes, as JSON Schema says. */
export function fitsFormat(format: string, text: string): boolean {
  const known = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  return known === undefined || known.schema.safeParse(text).success;
}
