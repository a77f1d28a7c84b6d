import type { Socket } from 'node:net';
import { createTransport, type NodemailerError } from 'nodemailer';
import { parseMailbox } from '../../workflows/connections/mailbox.ts';
import type { ResolvedConnection } from '../../workflows/connections/model.ts';
import { connectTarget, networkReason, tlsOptions, type Egress, type Target } from '../egress/index.ts';

/** A mail server with its secrets in plain text. */
export type SmtpConnection = Extract<ResolvedConnection, { kind: 'SMTP' }>;

/** A checked message: nothing in it can begin another header. `messageId` has its angle brackets. */
export interface Mail {
  messageId: string;
  to: { name: string; address: string }[];
  subject: string;
  text?: string;
  html?: string;
  headers?: Record<string, string>;
}

/** Ports on which TLS begins with the first byte (RFC 8314); on all others it begins with STARTTLS. */
const IMPLICIT_TLS_PORTS = new Set([465, 2465]);

/**
 * Sends a message through the egress guard, and gives the addresses that the server did not take when it took some.
 * Throws what connecting and nodemailer throw; {@link mailProblem} reads it.
 */
export async function sendMail(
  { egress, connection, signal }: { egress: Egress; connection: SmtpConnection; signal: AbortSignal },
  mail: Mail,
): Promise<{ rejected: string[] }> {
  const { host, port, from } = connection.settings;
  const target = await egress.resolveTarget(host, port, { protocol: 'smtp', signal });
  const socket = await connectTarget(target, signal);
  try {
    const transport = createTransport(transportOptions(egress, connection, { target, socket }));
    const sent = await transport.sendMail({ ...mail, from: parseMailbox(from) ?? from });
    return { rejected: sent.rejected.map(String) };
  } finally {
    socket.destroy();
  }
}

/** Why a message was not sent. `status` is the mail server's answer, or null when none came. */
export function mailProblem(
  error: unknown,
): { status: number; message: string } | { status: null; reason: string; message: string } {
  const { responseCode: status, response = '' } = Object(error) as Partial<NodemailerError>;
  if (status !== undefined)
    return { status, message: `The mail server did not take the message: ${response.slice(0, 1000)}` };
  return { status: null, ...networkReason(error) };
}

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
