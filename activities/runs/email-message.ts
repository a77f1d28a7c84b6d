import { createHash } from 'node:crypto';
import { z } from 'zod';
import { parseMailbox } from '../../workflows/connections/mailbox.ts';
import { wrongField } from './effect-failed.ts';
import type { EffectCall } from './effect-executor.ts';
import { readFields } from './read-fields.ts';

const textSchema = z.union([z.string(), z.number(), z.boolean()]).nullish();
const callSchema = z.strictObject({
  connection: z.string().nullish(),
  to: z.union([z.string(), z.array(z.string())], { error: 'Give an e-mail address, or a list of them.' }),
  subject: textSchema,
  text: textSchema,
  html: textSchema,
});

/** The most recipients of one message. */
const MAX_RECIPIENTS = 50;
const MAX_SUBJECT = 998;

/** One recipient; the name may be empty. */
interface Mailbox {
  name: string;
  address: string;
}

/** The parts of a message, checked: nothing in them can begin another header. */
export interface EmailMessage {
  to: Mailbox[];
  subject: string;
  text?: string;
  html?: string;
}

/** The message that an email step asks for. Throws EffectFailed naming a wrong field. */
export function emailMessage(call: EffectCall): EmailMessage {
  const fields = readFields(callSchema, call.with);
  const subject = String(fields.subject ?? '');
  if (/\p{Cc}/u.test(subject)) throw wrongField('with.subject', 'The subject must be one line.');
  if (subject.length > MAX_SUBJECT)
    throw wrongField('with.subject', `The subject may have at most ${MAX_SUBJECT} characters.`);
  if (fields.text == null && fields.html == null)
    throw wrongField('with.text', 'The message is empty. Give text, html or both.');
  return {
    to: recipients(fields.to),
    subject,
    ...(fields.text == null ? {} : { text: String(fields.text) }),
    ...(fields.html == null ? {} : { html: String(fields.html) }),
  };
}

/**
 * The Message-ID of a step's mail, angle brackets included. Run and path alone make it, so that a mail that is sent
 * a second time after a crash is known as the same one.
 */
export function messageIdOf(runId: string, path: string): string {
  return `<${createHash('sha256').update(`${runId}/${path}`).digest('hex').slice(0, 40)}@levqor>`;
}

// Text may hold several addresses with commas between; in a list each entry is one.
function recipients(to: string | string[]): Mailbox[] {
  const entries = typeof to === 'string' ? to.split(/[,;]/).filter((one) => one.trim() !== '') : to;
  if (entries.length === 0) throw wrongField('with.to', 'There is no recipient.');
  if (entries.length > MAX_RECIPIENTS)
    throw wrongField('with.to', `One message can go to at most ${MAX_RECIPIENTS} recipients.`);
  return entries.map((entry, index) => {
    const mailbox = parseMailbox(entry);
    if (mailbox) return mailbox;
    throw wrongField(
      typeof to === 'string' ? 'with.to' : `with.to.${index}`,
      'This is not an e-mail address.',
    );
  });
}
