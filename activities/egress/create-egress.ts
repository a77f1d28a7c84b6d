import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { parseAllowList } from './allow-list.ts';
import { EgressRefused } from './egress-refused.ts';
import { plainHost } from './plain-host.ts';
import { isPortOpen, type EgressProtocol } from './ports.ts';
import { isPublicAddress } from './public-address.ts';

export interface EgressOptions {
  /** LEVQOR_EGRESS_ALLOW: `host:port`, comma-separated. Empty: only the public internet. */
  allow: string;
  /** All addresses of a name; the system's resolver unless a test brings another. */
  resolve?: (host: string) => Promise<string[]>;
  /** PEM of more certificate authorities to trust besides the well-known ones. */
  extraCa?: string;
}

/** Where a connection may go: the address was checked, and it is the one to connect to. */
export interface Target {
  /** The host's plain form, for TLS and for the Host header. */
  host: string;
  port: number;
  address: string;
  family: 4 | 6;
  /** True when the operator's allow-list names it. */
  listed: boolean;
}

/** What the connection is for, and what ends the wait. */
export interface EgressUse {
  protocol: EgressProtocol;
  signal: AbortSignal;
}

/** The one way out. Everything that connects to an address that a customer chose asks here first. */
export interface Egress {
  /**
   * Resolves a host once and checks every address. Throws EgressRefused when it must not be reached, the resolver's
   * error (`ENOTFOUND`, `EAI_AGAIN`) when the name has no address, and the signal's reason when it was aborted.
   */
  resolveTarget(host: string, port: number, how: EgressUse): Promise<Target>;
  /** For `tls.connect`: whom to trust when it is not the usual authorities alone. */
  readonly trust: { secureContext?: SecureContext };
}

/** Makes the guard. Throws when the allow-list cannot be read. */
export function createEgress(options: EgressOptions): Egress {
  const allowed = parseAllowList(options.allow);
  const resolve = options.resolve ?? resolveBySystem;
  return {
    trust: options.extraCa === undefined ? {} : trusting(options.extraCa),
    resolveTarget: async (given, port, { protocol, signal }) => {
      const host = plainHost(given);
      const listed = allowed.has(host, port);
      if (!listed && !isPortOpen(protocol, port)) throw new EgressRefused('port', host, port);
      const addresses = isIP(host) === 0 ? await beforeAbort(resolve(host), signal) : [host];
      if (!listed && !addresses.every(isPublicAddress)) throw new EgressRefused('address', host, port);
      // IPv4 first: many servers have no route for IPv6, and the pinned address is the only one that is tried.
      const address = addresses.find((one) => isIP(one) === 4) ?? addresses[0];
      if (address === undefined)
        throw Object.assign(new Error(`${host} has no address.`), { code: 'ENOTFOUND' });
      return { host, port, address, family: isIP(address) === 6 ? 6 : 4, listed };
    },
  };
}

// Made once: reading all authorities anew for each connection would cost more than the handshake.
function trusting(extraCa: string): { secureContext: SecureContext } {
  return { secureContext: createSecureContext({ ca: [...getCACertificates('default'), extraCa] }) };
}

async function resolveBySystem(host: string): Promise<string[]> {
  const found = await lookup(host, { all: true });
  return found.map((one) => one.address);
}

// The system's resolver cannot be stopped, but we can stop waiting for it.
function beforeAbort<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
