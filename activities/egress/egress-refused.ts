/** Why the guard refused. Stable: tests, logs and step errors carry it. */
export type EgressReason =
  | 'protocol'
  | 'address_text'
  | 'credentials_in_url'
  | 'host_spelling'
  | 'port'
  | 'address'
  | 'redirect_downgrade';

const SENTENCES: Record<EgressReason, string> = {
  protocol: 'Only addresses that begin with http:// or https:// can be called.',
  address_text:
    'The address is not a valid URL, or it holds a line break, a backslash or a control character.',
  credentials_in_url: 'The address holds a user name or password. Put them into a connection instead.',
  host_spelling: 'The host is written in an unusual way. Write the host name or the IP address plainly.',
  port: 'Levqor does not open connections of this kind to this port.',
  address:
    'The host is not on the public internet. If it is meant, the operator can add host:port to LEVQOR_EGRESS_ALLOW.',
  redirect_downgrade: 'The server sent us from https:// to http://. That would show the call to others.',
};

/** The guard did not let a connection out. Nothing was sent. The message names no address that DNS gave. */
export class EgressRefused extends Error {
  override readonly name = 'EgressRefused';
  readonly reason: EgressReason;
  readonly host: string | null;
  readonly port: number | null;

  constructor(reason: EgressReason, host: string | null = null, port: number | null = null) {
    super(SENTENCES[reason]);
    this.reason = reason;
    this.host = host;
    this.port = port;
  }
}
