import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { hasLocale } from 'next-intl';
import { authOptions } from '../../../../features/sign-in/auth-options.ts';
import { DEFAULT_LOCALE } from '../../../../i18n/locales.ts';
import { LANGUAGE_COOKIE, routing } from '../../../../i18n/routing.ts';
import { CLIENT_HEADER } from '../../../../server/client-network.ts';

interface Route {
  params: Promise<{ nextauth: string[] }>;
}

async function handle(request: NextRequest, route: Route): Promise<Response> {
  const { headers } = request;
  const cookie = request.cookies.get(LANGUAGE_COOKIE.name)?.value;
  const options = authOptions({
    network: headers.get(CLIENT_HEADER) ?? 'unknown',
    userAgent: headers.get('user-agent'),
    locale: hasLocale(routing.locales, cookie) ? cookie : DEFAULT_LOCALE,
  });
  return (await NextAuth(request as never, route as never, options)) as Response;
}

export { handle as GET, handle as POST };
