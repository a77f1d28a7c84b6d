import type { StepFailure } from '../../workflows/runs/activities.ts';
import { mailProblem, sendMail } from '../connections/index.ts';
import { requireConnection } from './effect-failed.ts';
import { scrubbedEffect } from './scrubbed-effect.ts';
import type { EffectExecutor } from './effect-executor.ts';
import { emailMessage, messageIdOf } from './email-message.ts';

/**
 * Does an `email` step over SMTP. Gives `{ messageId }`, and `rejected` with the addresses that the server did not
 * take when it took some of them. The Message-ID is the same for every attempt.
 */
export const executeEmail: EffectExecutor = (call, { egress }) =>
  scrubbedEffect(
    call,
    async () => {
      const message = emailMessage(call);
      const connection = requireConnection(call, 'SMTP');
      const messageId = messageIdOf(call.runId, call.path);
      const { rejected } = await sendMail(
        { egress, connection, signal: call.signal },
        { ...message, messageId },
      );
      return { messageId, ...(rejected.length > 0 ? { rejected } : {}) };
    },
    emailFailure,
  );

function emailFailure(error: unknown): StepFailure {
  const { message, ...problem } = mailProblem(error);
  const { status } = problem;
  if (status !== null) return { code: 'EMAIL_FAILED', message, details: { status }, retryable: status < 500 };
  return { code: 'EMAIL_FAILED', message, details: { reason: problem.reason }, retryable: true };
}
