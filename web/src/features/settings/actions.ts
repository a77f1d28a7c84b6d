'use server';

import { currentSession, type Answer } from '../../lib/api.ts';
import { keepPreference } from '../../lib/keep-preference.ts';
import { API_AWAY } from '../../lib/problem.ts';
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
  // A session that was ended itself must end no other one; reading anything leads it to the sign-in page.
  const { problem } = await loadViewer();
  if (problem !== null) return { data: null, problem };
  const { sessionId, personId } = await currentSession();
  try {
    return { data: await signInDoor.endOthers({ sessionId, personId }), problem: null };
  } catch (error) {
    if (error instanceof DoorRefused) return { data: null, problem: API_AWAY };
    throw error;
  }
}
