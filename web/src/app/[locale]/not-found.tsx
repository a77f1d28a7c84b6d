import { getLocale, getTranslations } from 'next-intl/server';
import { buttonLook } from '../../components/button.tsx';
import { Logo } from '../../components/logo.tsx';

export default async function NotFoundPage() {
  const t = await getTranslations('NotFound');
  return (
    <main className="mx-auto flex min-h-[70dvh] max-w-sm flex-col justify-center gap-4 px-5">
      <Logo size={30} />
      <h1 className="text-21 font-semibold">{t('title')}</h1>
      <p className="text-explain">{t('text')}</p>
      {/* A plain link: this page is a part of all others, and public ones carry no script for links. */}
      <a href={`/${await getLocale()}/runs`} className={buttonLook('plain', 'self-start')}>
        {t('back')}
      </a>
    </main>
  );
}
