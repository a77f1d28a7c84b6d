import { z } from 'zod';

/** One line of 1 to `max` characters; no line break and no control character can hide in it. */
export function line(max: number) {
  return z
    .string()
    .min(1, 'This must not be empty.')
    .max(max, `This may have at most ${max} characters.`)
    .regex(/^\P{Cc}*$/u, 'This must be one line without control characters.');
}
