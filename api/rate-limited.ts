import { DomainError } from '../workflows/errors.ts';

/** What a rate is counted for. */
export type RateKind = 'key' | 'address' | 'signIn' | 'hook' | 'hookAddress' | 'approve';

/** Too many requests. Over HTTP it is the status 429 with the header `Retry-After`. */
export class RateLimited extends DomainError {
  /** Whole seconds after which the same request will be let through. */
  readonly retryAfterSeconds: number;

  constructor(kind: RateKind, retryAfterSeconds: number) {
    const when = retryAfterSeconds === 1 ? 'in a second' : `in ${retryAfterSeconds} seconds`;
    super('LIMIT_EXCEEDED', 'rate_limited', `${SUBJECT[kind]}. Try again ${when}.`, {
      limit: kind,
      retryAfterSeconds,
    });
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

const SUBJECT: Record<RateKind, string> = {
  key: 'Too much was asked with this API key in a short time',
  address: 'Too much was asked from this address in a short time',
  signIn: 'Too many API keys from this address were not valid',
  hook: 'Too many calls of this webhook in a short time',
  hookAddress: 'Too many calls of webhooks from this address in a short time',
  approve: 'Too many tries from this address in a short time',
};
