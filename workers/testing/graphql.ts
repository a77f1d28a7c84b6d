import type { ErrorCode } from '../../workflows/errors.ts';
import type { Json } from '../../workflows/json.ts';

/** What the API answered instead of data. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ErrorCode;
  readonly reason: string;
  readonly details: Json;

  constructor(message: string, told: { code: ErrorCode; reason: string; details: Json }) {
    super(message);
    this.code = told.code;
    this.reason = told.reason;
    this.details = told.details;
  }
}

/** A call of the API. Throws Refusal. */
export type Ask = <T = Record<string, never>>(
  query: string,
  variables?: Record<string, unknown>,
) => Promise<T>;

/** Where to ask and as whom. `onAnswer` sees each answer as it came. */
export interface Caller {
  apiUrl: string;
  token: string;
  onAnswer: (text: string) => void;
}

/** No answer may take longer, in milliseconds, whatever is down. */
const ANSWER_LIMIT = 20_000;

interface Body<T> {
  data?: T;
  errors?: { message: string; extensions: ConstructorParameters<typeof Refusal>[1] }[];
}

/** Sends one operation. Throws Refusal, the network's error, or a time-out after 20 seconds. */
export async function askApi<T>(
  { apiUrl, token, onAnswer }: Caller,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<T> {
  const response = await fetch(`${apiUrl}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(ANSWER_LIMIT),
  });
  const text = await response.text();
  onAnswer(text);
  const { data, errors } = JSON.parse(text) as Body<T>;
  const [error] = errors ?? [];
  if (error) throw new Refusal(error.message, error.extensions);
  if (data === undefined) throw new Error(`The API answered ${response.status}: ${text}`);
  return data;
}
