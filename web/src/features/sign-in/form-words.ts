import { getTranslations } from 'next-intl/server';
import type { DemoPeopleProps } from './demo-people.tsx';
import type { SignInWords } from './sign-in-form.tsx';

/** The texts of the form that asks for a link. */
export async function formWords(): Promise<SignInWords> {
  const t = await getTranslations('SignInForm');
  return {
    address: t('address'),
    send: t('send'),
    notAnAddress: t('notAnAddress'),
    notSent: t('notSent'),
    sentTitle: t('sentTitle'),
    sentText: t('sentText', { address: '{address}' }),
    openCatcher: t('openCatcher'),
    again: t('again'),
  };
}

/** The people of the demo by the names of their roles, and the texts around them. */
export async function demoWords(addresses: string[]): Promise<Pick<DemoPeopleProps, 'people' | 'words'>> {
  const t = await getTranslations('DemoPeople');
  const roles = await getTranslations('Roles');
  const nameOf = (email: string): string => {
    const role = email.split('@')[0] ?? '';
    return roles.has(role as never) ? roles(role as never) : email;
  };
  return {
    people: addresses.map((email) => ({ email, name: nameOf(email) })),
    words: { title: t('title'), text: t('text'), failed: t('failed') },
  };
}
