import { BodyTooLarge, egressFetch, EgressRefused, type Egress } from '../egress/index.ts';

/** One signed event for one address. */
export interface EventPost {
  url: string;
  body: string;
  headers: Record<string, string>;
}

/** What became of it. `response` is the beginning of the answer's body, for the delivery log. */
export interface PostResult {
  arrived: boolean;
  httpStatus: number | null;
  error: string | null;
  response: string | null;
  /** What the receiver asked for by `Retry-After`, in seconds. */
  retryAfterSeconds: number | null;
}

/** How long a receiver may take, in milliseconds; Standard Webhooks advises 15 to 30 s. */
const TIME_LIMIT = 20_000;
/** How much of an answer is read, and how many characters of it are kept. */
const ANSWER = { bytes: 65_536, kept: 1_000 };

/** Posts an event through the egress guard. A redirect counts as a failure. Never throws. */
export async function postEvent(egress: Egress, { url, body, headers }: EventPost): Promise<PostResult> {
  try {
    const answer = await egressFetch(egress, {
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json', 'user-agent': 'Levqor', ...headers },
      body,
      followRedirects: false,
      maxBytes: ANSWER.bytes,
      signal: AbortSignal.timeout(TIME_LIMIT),
    });
    const arrived = answer.status >= 200 && answer.status <= 299;
    return {
      arrived,
      httpStatus: answer.status,
      error: arrived ? null : `The address answered ${answer.status}.`,
      response: storable(answer.body.toString('utf8')),
      retryAfterSeconds: retryAfter(answer.headers['retry-after']),
    };
  } catch (error) {
    return {
      ...{ arrived: false, httpStatus: null, response: null, retryAfterSeconds: null },
      error: explain(error),
    };
  }
}

function explain(error: unknown): string {
  if (error instanceof EgressRefused) return error.message;
  if (error instanceof BodyTooLarge) return 'The answer was too large.';
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return `The address did not answer within ${TIME_LIMIT / 1000} seconds.`;
  return `The address could not be reached: ${storable(error instanceof Error ? error.message : String(error))}`;
}

function storable(text: string): string {
  return text.replaceAll(/[\u0000\ud800-\udfff]/gu, '').slice(0, ANSWER.kept);
}

function retryAfter(value: string | string[] | undefined): number | null {
  const text = Array.isArray(value) ? value[0] : value;
  if (text === undefined) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, (at - Date.now()) / 1000);
}
