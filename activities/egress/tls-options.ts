import { isIP } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { TlsSetting } from '../../workflows/connections/model.ts';
import type { Egress, Target } from './create-egress.ts';

/** How a connection is protected: not at all, or by TLS with these options for `tls.connect`. */
export type TlsChoice =
  false | { host: string; servername?: string; rejectUnauthorized: boolean; secureContext?: SecureContext };

/**
 * What the `tls` setting of a connection means for a target. Left out, it is `true`, except for a target on the
 * operator's allow-list, which is plain text.
 */
export function tlsOptions(egress: Egress, target: Target, setting: TlsSetting | undefined): TlsChoice {
  const chosen = setting ?? !target.listed;
  if (chosen === false) return false;
  const { host } = target;
  return {
    host,
    // An IP address may not be sent as a server name (RFC 6066 §3); the certificate is then checked against `host`.
    ...(isIP(host) === 0 && { servername: host }),
    rejectUnauthorized: chosen !== 'unverified',
    ...egress.trust,
  };
}
