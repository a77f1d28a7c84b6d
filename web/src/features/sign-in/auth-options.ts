import 'server-only';
import type { NextAuthOptions } from 'next-auth';
import type { Adapter, AdapterUser } from 'next-auth/adapters';
import type { JWT } from 'next-auth/jwt';
import type { Locale } from '../../i18n/locales.ts';
import { webConfig } from '../../lib/config.ts';
import { sessionCookieName } from '../../lib/session.ts';
import { DoorRefused, signInDoor, type OpenedSession } from '../../lib/sign-in-door.ts';
import { normalizeAddress } from './normalize-address.ts';
import { signInLetter } from './sign-in-letter.ts';

/** What a request tells of the browser that signs in. */
export interface Browser {
  network: string;
  userAgent: string | null;
  /** The language of the mailed link's page. */
  locale: Locale;
}

/** As in activities/sign-in: a week from signing in, whatever is done meanwhile. */
const SESSION_SECONDS = 7 * 24 * 60 * 60;
const LINK_SECONDS = 15 * 60;

/** NextAuth for one request: it knows the flow, the API keeps all that must be kept. */
export function authOptions(browser: Browser): NextAuthOptions {
  const { cookieSecret, isSecure } = webConfig();
  const opened: Opened = { session: null, link: { token: '', next: '/' } };
  return {
    secret: cookieSecret,
    adapter: doorAdapter(browser, opened),
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    jwt: { maxAge: SESSION_SECONDS },
    providers: [emailProvider(opened), demoProvider(browser, opened)],
    pages: { signIn: `/${browser.locale}/sign-in`, error: `/${browser.locale}/sign-in` },
    cookies: {
      sessionToken: {
        name: sessionCookieName(),
        options: { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure },
      },
    },
    callbacks: {
      jwt: ({ token, user }) =>
        user === undefined || opened.session === null ? token : claimsOf(opened.session),
      redirect: ({ url, baseUrl }) => ownAddress(url, baseUrl),
    },
    events: { signOut: ({ token }) => endSession(token) },
    logger: { error: () => undefined, warn: () => undefined, debug: () => undefined },
  };
}

/** What came into being in this request. */
interface Opened {
  session: OpenedSession | null;
  /** Of the link that is being mailed: its token, and the page that was asked for before. */
  link: { token: string; next: string };
}

function claimsOf({ personId, sessionId, tenantIds }: OpenedSession): JWT {
  return { sub: personId, sessionId, tenantId: tenantIds[0] };
}

/** Where to go next: a page of ours, whatever the address asks for. */
function ownAddress(url: string, baseUrl: string): string {
  const target = URL.canParse(url, baseUrl) ? new URL(url, baseUrl) : null;
  return target?.origin === new URL(baseUrl).origin ? target.href : baseUrl;
}

async function endSession({ sub, sessionId }: JWT): Promise<void> {
  if (sub === undefined || typeof sessionId !== 'string') return;
  await signInDoor.end({ personId: sub, sessionId });
}

/** A plain object: the provider of the library wants a mailer of its own, and here the API mails. */
function emailProvider(opened: Opened): NextAuthOptions['providers'][number] {
  return {
    ...{ id: 'email', type: 'email', name: 'Email', server: '', from: '', maxAge: LINK_SECONDS, options: {} },
    normalizeIdentifier: (text: string) => {
      const address = normalizeAddress(text);
      if (address === null) throw new Error('This is not an e-mail address.');
      return address;
    },
    // The adapter is called right behind this, with the hash that is kept, and does both in one.
    sendVerificationRequest: ({ token, url }: { token: string; url: string }) => {
      const next = new URL(new URL(url).searchParams.get('callbackUrl') ?? webConfig().url, webConfig().url);
      opened.link = { token, next: `${next.pathname}${next.search}` };
      return Promise.resolve();
    },
  } as unknown as NextAuthOptions['providers'][number];
}

/** Signs in the people of the local demo without a link; the API refuses it anywhere else. */
function demoProvider({ userAgent, network }: Browser, opened: Opened): NextAuthOptions['providers'][number] {
  return {
    ...{ id: 'demo', type: 'credentials', name: 'Demo', credentials: {}, options: {} },
    authorize: async ({ email }: { email?: string } = {}) => {
      opened.session = await signInDoor.openDemo({ email: email ?? '', userAgent, network });
      return opened.session && userOf(opened.session);
    },
  } as unknown as NextAuthOptions['providers'][number];
}

function userOf({ personId, email }: OpenedSession): AdapterUser {
  return { id: personId, email, emailVerified: null };
}

/** The adapter keeps nothing itself: the API's door does. Unknown people get the same answers as known ones. */
function doorAdapter({ network, userAgent, locale }: Browser, opened: Opened): Adapter {
  const current = () => opened.session && userOf(opened.session);
  const nobody = () => Promise.reject(new DoorRefused('not_supported'));
  return {
    createVerificationToken: async ({ identifier, token: hash, expires }) => {
      const query = new URLSearchParams({ email: identifier, ...opened.link });
      const url = `${webConfig().url}/${locale}/sign-in/confirm?${query}`;
      const letter = await signInLetter({ locale, url, minutes: LINK_SECONDS / 60 });
      await signInDoor.mailLink({ email: identifier, hash, letter, network });
      return { identifier, token: hash, expires };
    },
    useVerificationToken: async ({ identifier, token: hash }) => {
      opened.session = await signInDoor.redeem({ email: identifier, hash, userAgent, network });
      if (opened.session === null) return null;
      return { identifier, token: hash, expires: new Date(Date.now() + LINK_SECONDS * 1_000) };
    },
    getUserByEmail: () => Promise.resolve(current()),
    getUser: () => Promise.resolve(current()),
    updateUser: () => Promise.resolve(current() ?? ({} as AdapterUser)),
    createUser: nobody,
    getUserByAccount: () => Promise.resolve(null),
    linkAccount: nobody,
    createSession: nobody,
    getSessionAndUser: () => Promise.resolve(null),
    updateSession: nobody,
    deleteSession: nobody,
  };
}
