/** What is spoken over a connection. */
export type EgressProtocol = 'http' | 'postgres' | 'smtp';

/**
 * Ports of other text protocols, to which an HTTP request could be a command: the bad ports of the Fetch standard
 * (https://fetch.spec.whatwg.org/#port-blocking), then databases, queues and machine management.
 */
const NOT_HTTP = new Set([
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
  109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
  526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
  3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080, 445, 873, 1433,
  1521, 2181, 2375, 2376, 2379, 2380, 2525, 3306, 3389, 5432, 5433, 5672, 5900, 6379, 6380, 6432, 9042, 9092,
  10250, 11211, 27017, 27018,
]);

/** Ports on which mail servers take mail in. */
const SMTP = new Set([25, 465, 587, 2465, 2525, 2587]);

/** True when this protocol may be spoken to this port without the operator's allow-list. */
export function isPortOpen(protocol: EgressProtocol, port: number): boolean {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return false;
  if (protocol === 'smtp') return SMTP.has(port);
  // PostgreSQL's opening message is binary: no text protocol takes it for a command. Poolers use any high port.
  if (protocol === 'postgres') return port > 1023;
  return !NOT_HTTP.has(port);
}
