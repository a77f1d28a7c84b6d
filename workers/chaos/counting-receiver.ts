import { startHttpReceiver, type Answer, type HttpReceiver, type Received } from '../testing/receivers.ts';

/** An effect as the world got it: one for each idempotency key. */
export interface ReceivedEffect {
  key: string;
  path: string;
  body: string;
  /** How often it arrived, the first time included, and not counting refusals. */
  arrived: number;
  /** Bodies or paths under the same key that differ from the first ones. */
  others: string[];
}

/** A server that counts what arrives by idempotency key, and honours the key: what is known is not done again. */
export interface CountingReceiver extends Pick<HttpReceiver, 'port' | 'url' | 'stop'> {
  readonly effects: ReadonlyMap<string, ReceivedEffect>;
  /** Calls without a key, which must not come. */
  readonly withoutKey: string[];
  readonly refused: number;
}

/** Of so many keys, one is refused with 503 the first time. */
const REFUSED_ONE_OF = 10;

/** Starts the server. It lives in the rig's own process, which is never killed. */
export async function startCountingReceiver(): Promise<CountingReceiver> {
  const effects = new Map<string, ReceivedEffect>();
  const withoutKey: string[] = [];
  const refusedKeys = new Set<string>();
  const answer = ({ headers, path, body }: Received): Answer => {
    // All that is needed of a request is counted here: 15,000 of them need not be kept.
    receiver.requests.length = 0;
    const key = headers['idempotency-key'];
    if (typeof key !== 'string') {
      withoutKey.push(path);
      return { status: 400 };
    }
    const known = effects.get(key);
    if (!known && isToBeRefused(key) && !refusedKeys.has(key)) {
      refusedKeys.add(key);
      return { status: 503, body: '{"later":true}' };
    }
    const effect = known ?? { key, path, body, arrived: 0, others: [] };
    effects.set(key, effect);
    effect.arrived += 1;
    if (effect.body !== body || effect.path !== path) effect.others.push(`${path} ${body}`);
    return { body: '{"done":true}' };
  };
  const receiver = await startHttpReceiver(answer);
  return {
    ...{ effects, withoutKey, port: receiver.port, url: receiver.url, stop: receiver.stop },
    get refused() {
      return refusedKeys.size;
    },
  };
}

function isToBeRefused(key: string): boolean {
  const sum = [...key].reduce((total, sign) => total + (sign.codePointAt(0) ?? 0), 0);
  return sum % REFUSED_ONE_OF === 0;
}
