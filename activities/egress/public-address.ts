import ipaddr from 'ipaddr.js';

/** Unicast by the registries, yet inside a cloud: Azure's wire server, reached from its virtual machines only. */
const INSIDE_CLOUDS = new Set(['168.63.129.16']);
/** RFC 4291 §2.4: all of today's global unicast IPv6. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');
/** RFC 6052: the well-known prefix behind which a NAT64 gateway puts IPv4 addresses. */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/**
 * True when an IP address lies on the public internet. IPv4 inside IPv6 (mapped, NAT64) is taken out and checked as
 * IPv4; tunnels (6to4, Teredo), local NAT64 and everything special are not public. Text that is no address: false.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address instanceof ipaddr.IPv4) return isPublicIpv4(address);
  if (address.isIPv4MappedAddress()) return isPublicIpv4(address.toIPv4Address());
  if (address.match(NAT64)) return isPublicIpv4(new ipaddr.IPv4(address.toByteArray().slice(12)));
  return address.range() === 'unicast' && address.match(GLOBAL_UNICAST);
}

function isPublicIpv4(address: ipaddr.IPv4): boolean {
  return address.range() === 'unicast' && !INSIDE_CLOUDS.has(address.toString());
}
