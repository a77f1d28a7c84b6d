'use server';

import { cookies } from 'next/headers';
import { getLocale } from 'next-intl/server';
import { redirect } from '../../i18n/navigation.ts';
import { readSession, sessionCookieName } from '../../lib/session.ts';
import { DoorRefused, signInDoor } from '../../lib/sign-in-door.ts';

/** Ends this browser's session, at the API and here. */
export async function signOut(): Promise<void> {
  const jar = await cookies();
  const session = await readSession((name) => jar.get(name)?.value);
  if (session !== null) {
    const { sessionId, personId } = session;
    await signInDoor.end({ sessionId, personId }).catch((error: unknown) => {
      // Without the API the cookie still goes; the session then ends by its own time.
      if (!(error instanceof DoorRefused)) throw error;
    });
  }
  jar.delete({ name: sessionCookieName(), path: '/' });
  redirect({
    href: { pathname: '/sign-in', query: { reason: 'signed_out_now' } },
    locale: await getLocale(),
  });
}
