import { randomBytes } from 'node:crypto';
import createIntlProxy from 'next-intl/middleware';
import { NextResponse, type NextRequest } from 'next/server';
import { isPublicPath } from './features/public/places.ts';
import { LOCALES } from './i18n/locales.ts';
import { LANGUAGE_COOKIE, routing } from './i18n/routing.ts';
import { contentSecurityPolicy } from './server/content-security-policy.ts';
import { webConfig } from './lib/config.ts';
import { ADDRESS_HEADER } from './server/page-address.ts';
import { sessionCookieName } from './lib/session.ts';

const intl = createIntlProxy(routing);
const WITH_LOCALE = new RegExp(`^/(${LOCALES.join('|')})(?:/|$)`);

/**
 * What comes before each page: its language, its content security policy with a new nonce, and the way to the sign-in
 * page for a browser without a session. Whether a session holds is the API's to say, at each question.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const locale = WITH_LOCALE.exec(pathname)?.[1];
  const isOpen = locale === undefined || isForEverybody(pathname.slice(locale.length + 1));
  if (!isOpen && !request.cookies.has(sessionCookieName())) {
    const signIn = request.nextUrl.clone();
    signIn.pathname = `/${locale}/sign-in`;
    signIn.search = new URLSearchParams({ next: `${pathname}${search}` }).toString();
    return NextResponse.redirect(signIn);
  }
  const nonce = randomBytes(16).toString('base64');
  const policy = contentSecurityPolicy(nonce);
  request.headers.set('x-nonce', nonce);
  request.headers.set(ADDRESS_HEADER, `${pathname}${search}`);
  // Next takes the nonce of its own scripts from here.
  request.headers.set('content-security-policy', policy);
  const response = intl(request);
  response.headers.set('content-security-policy', policy);
  // By itself next-intl remembers a language only where it is not the one that the browser prefers.
  if (locale !== undefined && request.cookies.get(LANGUAGE_COOKIE.name)?.value !== locale)
    response.cookies.set({ ...LANGUAGE_COOKIE, value: locale, path: '/' });
  return response;
}

/** Pages for everybody; all others are for people who signed in. `path`: behind the language. */
function isForEverybody(path: string): boolean {
  if (path === '/design') return webConfig().showsDeveloperPages;
  return isPublicPath(path) || path === '/sign-in' || path.startsWith('/sign-in/');
}

export const config = { matcher: ['/((?!api|graphql|healthz|_next|.*\\..*).*)'] };
