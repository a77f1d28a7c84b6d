import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { buttonLook } from '../../../../components/button.tsx';
import { nextAddress } from '../../../../features/sign-in/next-address.ts';
import { SignInFrame } from '../../../../features/sign-in/sign-in-frame.tsx';

interface PageProps {
  searchParams: Promise<Record<string, string | undefined>>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('SignInPage');
  // The address of this page holds the token.
  return { title: t('confirmTitle'), referrer: 'no-referrer', robots: { index: false } };
}

/** Opening the link signs nobody in: programs open links in mails too. Pressing the button does. */
export default async function ConfirmPage({ searchParams }: PageProps) {
  const t = await getTranslations('SignInPage');
  const { email = '', token = '', next } = await searchParams;
  return (
    <SignInFrame title={t('confirmTitle')} lead={t('confirmLead', { address: email })}>
      <form method="get" action="/api/auth/callback/email" className="flex flex-col">
        <input type="hidden" name="email" value={email} />
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="callbackUrl" value={nextAddress(next, await getLocale())} />
        <button type="submit" className={buttonLook('main', 'min-h-10')}>
          {t('confirm')}
        </button>
      </form>
    </SignInFrame>
  );
}
