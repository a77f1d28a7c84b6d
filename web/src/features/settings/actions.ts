'use server';

import { revalidatePath } from 'next/cache';
import { currentSession, type Answer } from '../../lib/api.ts';
import { keepPreference } from '../../lib/keep-preference.ts';
import { API_AWAY, type Problem } from '../../lib/problem.ts';
import { DoorRefused, signInDoor } from '../../lib/sign-in-door.ts';
import { loadViewer } from '../shell/viewer.ts';
import { isTimeZone, THEME_COOKIE, themeOf, TIME_ZONE_COOKIE } from '../../lib/preferences.ts';

/** Keeps how the app looks in this browser. */
export async function chooseTheme(theme: string): Promise<void> {
  await keepPreference(THEME_COOKIE, themeOf(theme));
}

/** Keeps in which time zone times are shown in this browser. What is no time zone changes nothing. */
export async function chooseTimeZone(zone: string): Promise<void> {
  if (isTimeZone(zone)) await keepPreference(TIME_ZONE_COOKIE, zone);
}

/** Signs the person out in all other browsers. Gives in how many they were signed in. */
export async function signOutElsewhere(): Promise<Answer<number>> {
  return byDoor((own) => signInDoor.endOthers(own));
}

/** Signs the person out in one of their browsers. Gives why not, or null. */
export async function endSession(sessionId: string): Promise<Problem | null> {
  return (await byDoor(({ personId }) => signInDoor.end({ sessionId, personId }))).problem;
}

async function byDoor<Result>(
  act: (own: { sessionId: string; personId: string }) => Promise<Result>,
): Promise<Answer<Result>> {
  // A session that was ended itself must end no other one; reading anything leads it to the sign-in page.
  const { problem } = await loadViewer();
  if (problem !== null) return { data: null, problem };
  const { sessionId, personId } = await currentSession();
  try {
    const data = await act({ sessionId, personId });
    revalidatePath('/', 'layout');
    return { data, problem: null };
  } catch (error) {
    if (error instanceof DoorRefused) return { data: null, problem: API_AWAY };
    throw error;
  }
}
