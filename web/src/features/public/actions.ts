'use server';

import { keepPreference } from '../../lib/keep-preference.ts';
import { THEME_COOKIE, themeOf } from '../../lib/preferences.ts';

/** Keeps the look in this browser. Not the action of the settings: its imports would bring links and texts to public pages. */
export async function chooseLook(theme: string): Promise<void> {
  await keepPreference(THEME_COOKIE, themeOf(theme));
}
