import { getLocale, getTranslations } from 'next-intl/server';
import { SignInFrame } from '../../../features/sign-in/sign-in-frame.tsx';
import { SignInForm } from '../../../features/sign-in/sign-in-form.tsx';
import { DemoPeople } from '../../../features/sign-in/demo-people.tsx';
import { demoWords, formWords } from '../../../features/sign-in/form-words.ts';
import { nextAddress } from '../../../features/sign-in/next-address.ts';
import { webConfig } from '../../../lib/config.ts';
import { signInDoor } from '../../../lib/sign-in-door.ts';

interface PageProps {
  searchParams: Promise<Record<string, string | undefined>>;
}

export async function generateMetadata() {
  const t = await getTranslations('SignInPage');
  return { title: t('title') };
}

export default async function SignInPage({ searchParams }: PageProps) {
  const t = await getTranslations('SignInPage');
  const { next: asked, reason, error } = await searchParams;
  const next = nextAddress(asked, await getLocale());
  const people = await signInDoor.demoPeople().catch(() => null);
  const notice = people === null ? 'api_away' : error === undefined ? reason : 'link_invalid';
  const known = `notices.${notice ?? ''}`;
  return (
    <SignInFrame title={t('title')} lead={t('lead')}>
      {notice !== undefined && t.has(known as never) ? (
        <p role="status" className="rounded-1 border border-wait/50 bg-ink-1 px-3 py-2 text-13">
          {t(known as never)}
        </p>
      ) : null}
      <SignInForm
        words={await formWords()}
        next={next}
        mailUrl={people?.length ? webConfig().mailCatcherUrl : null}
      />
      {people?.length ? <DemoPeople {...await demoWords(people)} next={next} /> : null}
    </SignInFrame>
  );
}
