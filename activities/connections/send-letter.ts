import { ApplicationFailure } from '@temporalio/common';
import { EgressRefused, type Egress } from '../egress/index.ts';
import type { Log } from '../log.ts';
import { createScrubber } from './scrub.ts';
import { secretValues } from './secret-values.ts';
import { mailProblem, sendMail, type Mail, type SmtpConnection } from './send-mail.ts';

/** How long one try to send one mail may take, in milliseconds. */
const SEND_TIMEOUT = 30_000;

/** What sending takes. `about` is for the log. */
export interface LetterWay {
  egress: Egress;
  log: Log;
  connection: SmtpConnection;
  about: object;
}

/**
 * Sends a mail of the platform's own, in an activity. What is refused for good is logged and given up; throws
 * ApplicationFailure `EMAIL_FAILED` when it may work later. No secret is in the log or the failure.
 */
export async function sendLetter({ egress, log, connection, about }: LetterWay, mail: Mail): Promise<void> {
  try {
    await sendMail({ egress, connection, signal: AbortSignal.timeout(SEND_TIMEOUT) }, mail);
  } catch (error) {
    const problem = mailProblem(error);
    const text = createScrubber(secretValues(connection)).text(problem.message);
    const isFinal = error instanceof EgressRefused || (problem.status ?? 0) >= 500;
    log.warn({ ...about, isFinal, problem: text }, 'a mail was not sent');
    if (!isFinal) throw ApplicationFailure.create({ message: text, type: 'EMAIL_FAILED' });
  }
}
