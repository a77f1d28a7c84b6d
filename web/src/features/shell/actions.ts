'use server';

import { cookies } from 'next/headers';
import { getLocale } from 'next-intl/server';
import { redirect } from '../../i18n/navigation.ts';
import { webConfig } from '../../lib/config.ts';
import { ORGANISATION_COOKIE } from '../../lib/session.ts';
import { uuidOfGlobalId } from '../../../../workflows/ids.ts';
import { loadViewer } from './viewer.ts';

const YEAR = 365 * 24 * 60 * 60;

/** Opens another organisation of the person who is signed in. What is none of theirs is refused by the API too. */
export async function openOrganisation(globalId: string): Promise<void> {
  const { data } = await loadViewer();
  const isTheirs = data?.viewer.memberships.some(({ organisation }) => organisation.id === globalId) === true;
  const id = uuidOfGlobalId('tenant', globalId);
  if (!isTheirs || id === null) return;
  const options = {
    httpOnly: true,
    sameSite: 'lax',
    secure: webConfig().isSecure,
    path: '/',
    maxAge: YEAR,
  } as const;
  (await cookies()).set(ORGANISATION_COOKIE, id, options);
  redirect({ href: '/runs', locale: await getLocale() });
}
