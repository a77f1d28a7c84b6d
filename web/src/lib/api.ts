import 'server-only';
import { cookies, headers } from 'next/headers';
import { notFound, redirect as redirectTo } from 'next/navigation';
import { getLocale } from 'next-intl/server';
import { documentText, type Document } from '../graphql/graphql.ts';
import { redirect } from '../i18n/navigation.ts';
import { ADDRESS_HEADER } from '../server/page-address.ts';
import { accessToken } from './access-token.ts';
import { webConfig } from './config.ts';
import { API_AWAY, problemOf, type Problem } from './problem.ts';
import { ORGANISATION_COOKIE, readSession, type WebSession } from './session.ts';

/** What came of asking the API: its data, or why not. */
export type Answer<Data> = { data: Data; problem: null } | { data: null; problem: Problem };

const ANSWER_WITHIN = 20_000;

/** The session of the browser that asks; without one, goes to the sign-in page. */
export async function currentSession(): Promise<WebSession> {
  const jar = await cookies();
  const session = await readSession((name) => jar.get(name)?.value);
  return session ?? (await signInAgain('signed_out'));
}

/**
 * Asks the API as the person who is signed in. A refusal is an answer, but for two: a session that ended leads to the
 * sign-in page, and what is not there (or another organisation's) to the page that says so.
 */
export async function ask<Data, Variables>(
  document: Document<Data, Variables>,
  variables: Variables,
): Promise<Answer<Data>> {
  const session = await currentSession();
  const answer = await send<Data>(session, { query: documentText(document), variables });
  if (answer.problem?.code === 'UNAUTHENTICATED') return signInAgain(answer.problem.reason);
  return answer;
}

/** The same for what a page is about: what is not there leads to the page that says so. */
export async function askForPage<Data, Variables>(
  document: Document<Data, Variables>,
  variables: Variables,
): Promise<Answer<Data>> {
  const answer = await ask(document, variables);
  const { problem } = answer;
  if (problem?.code === 'NOT_FOUND' || problem?.reason === 'id_invalid') notFound();
  return answer;
}

async function signInAgain(reason: string): Promise<never> {
  // They left the organisation that they had chosen: on with the one of their own.
  if (reason === 'not_a_member' && (await cookies()).has(ORGANISATION_COOKIE))
    redirectTo('/api/own-organisation');
  // After signing in they are where they were; what they had filled in is kept by the browser (`drafts.ts`).
  const next = (await headers()).get(ADDRESS_HEADER);
  const query = { reason, ...(next === null ? {} : { next }) };
  return redirect({ href: { pathname: '/sign-in', query }, locale: await getLocale() });
}

async function send<Data>(session: WebSession, body: object): Promise<Answer<Data>> {
  const response = await fetch(`${webConfig().apiUrl}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await accessToken(session)}`,
    },
    body: JSON.stringify(body),
    cache: 'no-store',
    signal: AbortSignal.timeout(ANSWER_WITHIN),
  }).catch(() => null);
  const answer = response && ((await response.json().catch(() => null)) as GraphqlAnswer<Data> | null);
  if (answer === null) return { data: null, problem: API_AWAY };
  const [error] = answer.errors ?? [];
  if (error) return { data: null, problem: problemOf(error) };
  return answer.data ? { data: answer.data, problem: null } : { data: null, problem: API_AWAY };
}

interface GraphqlAnswer<Data> {
  data?: Data | null;
  errors?: { message: string; extensions?: Record<string, unknown> }[];
}
