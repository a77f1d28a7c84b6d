import { z } from 'zod';
import { EVENT_TYPES } from '../../workflows/endpoints/model.ts';
import { textField } from '../input-fields.ts';

/** The longest address of an endpoint, in characters. */
const MAX_URL = 2_000;

/** What can be said of an endpoint by who makes or changes it. */
export const endpointFields = {
  url: z
    .string()
    .max(MAX_URL)
    .refine(isWebAddress, 'Give a web address, such as https://example.com/events.'),
  description: textField(500),
  eventTypes: z
    .array(z.enum(EVENT_TYPES))
    .min(1, 'Choose at least one event type.')
    .max(EVENT_TYPES.length)
    .transform((types) => EVENT_TYPES.filter((type) => types.includes(type))),
};

// Whether the address may be reached is the egress guard's to say, at each attempt.
function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}
