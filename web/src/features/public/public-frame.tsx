import { cookies } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { buttonLook } from '../../components/button.tsx';
import { Logo } from '../../components/logo.tsx';
import { readSession } from '../../lib/session.ts';
import { LanguageChoice } from './language-choice.tsx';
import type { PublicPath } from './places.ts';
import { PublicLink } from './public-link.tsx';
import { ThemeChoice } from './theme-choice.tsx';

const LINKS = ['product', 'security', 'docs'] as const;
/** The room at both sides of each public page. */
export const SIDES = 'mx-auto w-full max-w-[84rem] px-5 md:px-10';

/** Whether a browser has a session, so that the way into the app is "open", not "sign in". */
export async function isSignedIn(): Promise<boolean> {
  const jar = await cookies();
  return (await readSession((name) => jar.get(name)?.value)) !== null;
}

/** What all public pages have around them. */
export async function PublicFrame({ path, children }: { path: PublicPath; children: ReactNode }) {
  const t = await getTranslations('Public');
  return (
    <div className="flex min-h-dvh flex-col text-16">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:start-3 focus:top-3 focus:z-50 focus:rounded-1 focus:bg-thread focus:px-3 focus:py-2 focus:text-thread-ink"
      >
        {t('skip')}
      </a>
      <PublicHeader path={path} />
      <main id="content" tabIndex={-1} className="flex-1 outline-none">
        {children}
      </main>
      <PublicFooter />
    </div>
  );
}

async function PublicHeader({ path }: { path: PublicPath }) {
  const t = await getTranslations('Public');
  const app = await getTranslations('App');
  const isIn = await isSignedIn();
  return (
    <header className={`${SIDES} relative z-20 flex flex-wrap items-center gap-x-6 gap-y-1 py-4 text-14`}>
      <PublicLink
        href=""
        className="me-auto flex min-h-9 items-center gap-2.5 text-16 font-semibold tracking-tight"
      >
        <Logo size={26} /> {app('name')}
      </PublicLink>
      <nav aria-label={t('navigation')} className="flex gap-x-6 max-md:order-last max-md:w-full">
        {LINKS.map((one) => (
          <PublicLink
            key={one}
            href={`/${one}`}
            aria-current={path === `/${one}` ? 'page' : undefined}
            className="flex min-h-9 items-center text-explain hover:text-say aria-[current]:text-say"
          >
            {t(`pages.${one}`)}
          </PublicLink>
        ))}
      </nav>
      <div className="max-md:hidden">
        <ThemeChoice />
      </div>
      <LanguageChoice path={path} />
      <PublicLink href={isIn ? '/runs' : '/sign-in'} className={buttonLook('plain', 'min-h-9 text-14')}>
        {t(isIn ? 'open' : 'signIn')}
      </PublicLink>
    </header>
  );
}

async function PublicFooter() {
  const t = await getTranslations('Public');
  const app = await getTranslations('App');
  return (
    <footer className="mt-24 border-t border-line-soft">
      <div className={`${SIDES} flex flex-wrap items-center gap-x-6 gap-y-2 py-8 text-14 text-aside`}>
        <span className="me-auto flex items-center gap-2.5">
          <Logo size={20} /> {app('name')} · {t('licence')}
        </span>
        {LINKS.map((one) => (
          <PublicLink key={one} href={`/${one}`} className="flex min-h-9 items-center hover:text-say">
            {t(`pages.${one}`)}
          </PublicLink>
        ))}
        <div className="md:hidden">
          <ThemeChoice />
        </div>
      </div>
    </footer>
  );
}
