/** Why the network let a call down. Stable. */
export type NetworkReason =
  'dns' | 'refused' | 'reset' | 'timeout' | 'unreachable' | 'tls' | 'protocol' | 'redirects' | 'other';

const SENTENCES: Record<NetworkReason, string> = {
  dns: 'The host name has no address right now. Check its spelling.',
  refused: 'The host refused the connection. Check the port, and that the service runs.',
  reset: 'The other side closed the connection before it had answered.',
  timeout: 'The other side did not answer in time.',
  unreachable: 'There is no way to the host through the network.',
  tls: 'No protected connection came about. Check the certificate of the other side and the TLS setting.',
  protocol: 'The other side gave an answer that does not follow the protocol.',
  redirects: 'The server redirected too often.',
  other: 'The connection failed.',
};

const BY_CODE: Record<string, NetworkReason> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  ECONNECTION: 'reset',
  EPIPE: 'reset',
  ERR_STREAM_PREMATURE_CLOSE: 'reset',
  UND_ERR_SOCKET: 'reset',
  ETIMEDOUT: 'timeout',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EPROTO: 'tls',
  ETLS: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  UNABLE_TO_GET_ISSUER_CERT: 'tls',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls',
};
const BY_PREFIX: [string, NetworkReason][] = [
  ['ERR_TLS_', 'tls'],
  ['ERR_SSL_', 'tls'],
  ['CERT_', 'tls'],
  ['HPE_', 'protocol'],
  ['UND_ERR_', 'protocol'],
  ['Z_', 'protocol'],
  ['ERR_', 'protocol'],
];

/** The reason behind an error of a socket, of TLS, of the resolver or of undici, and a sentence about it. */
export function networkReason(error: unknown): { reason: NetworkReason; message: string } {
  const reason = reasonOf(error);
  return { reason, message: SENTENCES[reason] };
}

interface NetworkError extends Partial<NodeJS.ErrnoException> {
  /** nodemailer puts a code of its own into `code` and the system's here. */
  originalCode?: string;
}

// By shape, not by class: an error can come from another JavaScript realm.
function reasonOf(error: unknown): NetworkReason {
  const { name, message = '', cause, ...codes } = Object(error) as NetworkError;
  if (name === 'RedirectError') return 'redirects';
  const code = codes.originalCode ?? codes.code ?? '';
  const known = BY_CODE[code] ?? BY_PREFIX.find(([prefix]) => code.startsWith(prefix))?.[1];
  if (known) return known;
  // pg reports these two without a code.
  if (/\bSSL\b/.test(message)) return 'tls';
  if (message.includes('terminated')) return 'reset';
  return cause === undefined ? 'other' : reasonOf(cause);
}
