import type { Json } from '../../workflows/json.ts';

/** A call of the local GraphQL API as one of the demo's people. */
export type Ask = <T>(query: string, variables?: Record<string, Json>) => Promise<T>;

/** Times in milliseconds. */
const ANSWER_LIMIT = 20_000;

/** Makes a caller with an API key. It throws an error with the API's own words. */
export function askAs(apiUrl: string, token: string): Ask {
  return async <T>(query: string, variables: Record<string, Json> = {}) => {
    const response = await fetch(`${apiUrl}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(ANSWER_LIMIT),
    });
    const answer = (await response.json()) as { data?: T; errors?: { message: string }[] };
    if (answer.errors?.length || answer.data === undefined)
      throw new Error(
        answer.errors?.map((error) => error.message).join(' ') ?? `The API answered ${response.status}.`,
      );
    return answer.data;
  };
}
