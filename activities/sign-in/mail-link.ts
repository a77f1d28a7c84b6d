import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../../prisma/database.ts';
import { mailProblem, sendMail, type SmtpConnection } from '../connections/index.ts';
import type { Egress } from '../egress/index.ts';
import type { Log } from '../log.ts';
import { emailField } from '../tenancy/index.ts';
import { LINK_SECONDS } from './session-terms.ts';

/** The platform's own way to send mail, as its operator set it. */
export interface PlatformMail {
  egress: Egress;
  connection: SmtpConnection;
}

/** What asking for a link takes. `hash` is the SHA-256 that is kept; the letter holds the token, in a link to the web app. */
export interface LinkRequest {
  email: string;
  hash: Uint8Array;
  letter: { subject: string; text: string };
}

const TRIES_AFTER = [0, 2_000, 10_000];
const SEND_TIMEOUT = 15_000;

/**
 * Mails a link to sign in, when the address is a member's. The answer does not wait for the mail and is the same
 * whether somebody is known or not, so that nobody can find out who has an account.
 */
export async function mailLink(
  { database, mail, log }: { database: Database; mail: PlatformMail; log: Log },
  { email: given, hash, letter }: LinkRequest,
): Promise<void> {
  const email = emailField.safeParse(given);
  if (!email.success) return;
  const personId = await database.signIn.keepLink({ email: email.data, hash, seconds: LINK_SECONDS });
  if (personId === null) return;
  void send({ mail, log }, { to: email.data, hash, letter });
}

/** Tries a few times, then gives up with a line in the log: the person asks for another link. */
async function send(
  { mail, log }: { mail: PlatformMail; log: Log },
  { to, hash, letter }: { to: string } & Pick<LinkRequest, 'hash' | 'letter'>,
): Promise<void> {
  const messageId = `<${createHash('sha256').update(hash).digest('hex').slice(0, 40)}@levqor>`;
  for (const wait of TRIES_AFTER) {
    await pause(wait);
    try {
      const signal = AbortSignal.timeout(SEND_TIMEOUT);
      await sendMail({ ...mail, signal }, { messageId, to: [{ name: '', address: to }], ...letter });
      return;
    } catch (error) {
      log.warn({ problem: mailProblem(error).message }, 'A link to sign in was not sent');
    }
  }
}
