/** How the app looks: dark unless somebody chose otherwise. */
export const THEMES = ['dark', 'light', 'system'] as const;
export type Theme = (typeof THEMES)[number];

export const THEME_COOKIE = 'levqor.theme';
export const TIME_ZONE_COOKIE = 'levqor.time-zone';

/** The look that a cookie asks for. */
export function themeOf(text: string | undefined): Theme {
  return THEMES.find((theme) => theme === text) ?? 'dark';
}

/** Whether a text names a time zone that this machine knows. */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z0-9+_/-]{1,64}$/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}
