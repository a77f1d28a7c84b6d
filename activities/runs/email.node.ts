import type { Socket } from 'node:net';
import { createTransport, type NodemailerError } from 'nodemailer';
import type { ResolvedConnection } from '../../workflows/connections/model.ts';
import { parseMailbox } from '../../workflows/connections/mailbox.ts';
import type { StepFailure } from '../../workflows/runs/activities.ts';
import { connectTarget, type Egress, networkReason, type Target, tlsOptions } from '../egress/index.ts';
import { requireConnection } from './effect-failed.ts';
import { scrubbedEffect } from './scrubbed-effect.ts';
import type { EffectExecutor } from './effect-executor.ts';
import { emailMessage, messageIdOf } from './email-message.ts';

type SmtpConnection = Extract<ResolvedConnection, { kind: 'SMTP' }>;

/** Ports on which TLS begins with the first byte (RFC 8314); on all others it begins with STARTTLS. */
const IMPLICIT_TLS_PORTS = new Set([465, 2465]);

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
      const { host, port, from } = connection.settings;
      const messageId = messageIdOf(call.runId, call.path);
      const target = await egress.resolveTarget(host, port, { protocol: 'smtp', signal: call.signal });
      const socket = await connectTarget(target, call.signal);
      try {
        const transport = createTransport(transportOptions(egress, connection, { target, socket }));
        const sender = parseMailbox(from) ?? from;
        const sent = await transport.sendMail({ ...message, from: sender, messageId });
        const rejected = sent.rejected.map(String);
        return { messageId, ...(rejected.length > 0 ? { rejected } : {}) };
      } finally {
        socket.destroy();
      }
    },
    emailFailure,
  );

function transportOptions(
  egress: Egress,
  { settings, secrets }: SmtpConnection,
  { target, socket }: { target: Target; socket: Socket },
) {
  const tls = tlsOptions(egress, target, settings.tls);
  const implicit = tls !== false && IMPLICIT_TLS_PORTS.has(target.port);
  return {
    host: target.host,
    port: target.port,
    // Already connected to the checked address: nodemailer resolves and connects nothing itself.
    connection: socket,
    // Greets with the sender's domain, not with the name of this machine.
    name: parseMailbox(settings.from)?.address.split('@')[1] ?? 'localhost',
    secure: implicit,
    requireTLS: tls !== false && !implicit,
    ignoreTLS: tls === false,
    ...(tls === false ? {} : { tls }),
    ...(secrets === null ? {} : { auth: { user: secrets.username, pass: secrets.password } }),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function emailFailure(error: unknown): StepFailure {
  const { responseCode: status, response = '' } = Object(error) as Partial<NodemailerError>;
  if (status !== undefined) {
    const message = `The mail server did not take the message: ${response.slice(0, 1000)}`;
    return { code: 'EMAIL_FAILED', message, details: { status }, retryable: status < 500 };
  }
  const { reason, message } = networkReason(error);
  return { code: 'EMAIL_FAILED', message, details: { reason }, retryable: true };
}
