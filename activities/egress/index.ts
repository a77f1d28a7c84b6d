export { connectTarget } from './connect-target.ts';
export {
  createEgress,
  type Egress,
  type EgressOptions,
  type EgressUse,
  type Target,
} from './create-egress.ts';
export { egressFetch, type EgressRequest, type EgressResponse } from './egress-fetch.ts';
export { EgressRefused, type EgressReason } from './egress-refused.ts';
export { networkReason, type NetworkReason } from './network-reason.ts';
export { ACCEPTED_ENCODINGS, BodyTooLarge } from './read-body.ts';
export { tlsOptions, type TlsChoice } from './tls-options.ts';
