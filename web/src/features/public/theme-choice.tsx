import { cookies } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { THEME_COOKIE, themeOf } from '../../lib/preferences.ts';
import { chooseLook } from './actions.ts';

/** Changes between the dark and the light look. */
export async function ThemeChoice() {
  const t = await getTranslations('Public');
  const next = themeOf((await cookies()).get(THEME_COOKIE)?.value) === 'light' ? 'dark' : 'light';
  return (
    <form action={chooseLook.bind(null, next)}>
      <button type="submit" className="min-h-9 cursor-pointer text-explain hover:text-say">
        {t(`looks.${next}`)}
      </button>
    </form>
  );
}
