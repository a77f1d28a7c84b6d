import { getLocale } from 'next-intl/server';
import { redirect } from '../../i18n/navigation.ts';

/** The app begins with its runs. */
export default async function StartPage() {
  redirect({ href: '/runs', locale: await getLocale() });
}
