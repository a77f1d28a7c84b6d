import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Logo } from '../../components/logo.tsx';

/** The quiet page around signing in. */
export async function SignInFrame({
  title,
  lead,
  children,
}: {
  title: string;
  lead: string;
  children: ReactNode;
}) {
  const t = await getTranslations('App');
  return (
    <main className="mx-auto flex min-h-dvh max-w-sm flex-col justify-center gap-6 px-5 py-12">
      <div className="flex items-center gap-2.5 text-16 font-semibold">
        <Logo size={26} /> {t('name')}
      </div>
      <div>
        <h1 className="text-28 font-semibold tracking-tight">{title}</h1>
        <p className="mt-2 text-explain">{lead}</p>
      </div>
      {children}
    </main>
  );
}
