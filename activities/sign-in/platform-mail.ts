import { createEgress } from '../egress/index.ts';
import type { PlatformMail } from './mail-link.ts';

/**
 * The platform's mail server from its setting, `smtp://user:password@host:port`. `smtps:` is encrypted from the first
 * byte, `smtp:` by STARTTLS unless it ends with `?tls=false`. It may be anywhere, since the operator chose it.
 */
export function platformMail(address: string, from: string): PlatformMail {
  const url = new URL(address);
  const port = Number(url.port || (url.protocol === 'smtps:' ? 465 : 587));
  const tls = url.searchParams.get('tls') !== 'false';
  const username = decodeURIComponent(url.username);
  return {
    egress: createEgress({ allow: `${url.hostname}:${port}` }),
    connection: {
      name: 'platform mail',
      kind: 'SMTP',
      settings: { host: url.hostname, port, tls, from },
      secrets: username === '' ? null : { username, password: decodeURIComponent(url.password) },
    },
  };
}
