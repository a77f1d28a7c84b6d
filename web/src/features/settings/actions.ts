'use server';

import { cookies } from 'next/headers';
import { revalidatePath } from 'next/cache';
import { webConfig } from '../../lib/config.ts';
import { isTimeZone, THEME_COOKIE, themeOf, TIME_ZONE_COOKIE } from '../../lib/preferences.ts';

const YEAR = 365 * 24 * 60 * 60;

/** Keeps how the app looks in this browser. */
export async function chooseTheme(theme: string): Promise<void> {
  await keep(THEME_COOKIE, themeOf(theme));
}

/** Keeps in which time zone times are shown in this browser. What is no time zone changes nothing. */
export async function chooseTimeZone(zone: string): Promise<void> {
  if (isTimeZone(zone)) await keep(TIME_ZONE_COOKIE, zone);
}

async function keep(name: string, value: string): Promise<void> {
  const options = { sameSite: 'lax', secure: webConfig().isSecure, path: '/', maxAge: YEAR } as const;
  (await cookies()).set(name, value, options);
  revalidatePath('/', 'layout');
}
