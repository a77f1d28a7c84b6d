import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { ErrorState } from '../../components/error-state.tsx';
import { Logo } from '../../components/logo.tsx';
import { Link } from '../../i18n/navigation.ts';
import { CommandMenu } from './command-menu.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { DraftsOf } from './drafts-of.tsx';
import { LiveApprovals } from './live-approvals.tsx';
import { MoreMenu } from './more-menu.tsx';
import { BottomLinks, SideNav } from './nav-links.tsx';
import { PersonMenu } from './person-menu.tsx';
import { loadViewer, type Viewer } from './viewer.ts';

/** The three places of every page: navigation, the thing itself, and at its side what is selected in it. */
export async function Shell({ children }: { children: ReactNode }) {
  const t = await getTranslations('Shell');
  const { data, problem } = await loadViewer();
  if (problem !== null)
    return (
      <main className="mx-auto max-w-xl p-6">
        <ErrorState problem={problem} />
      </main>
    );
  const { viewer } = data;
  const nav = { permissions: viewer.permissions, waiting: waitingIn(data) };
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[14rem_minmax(0,1fr)]">
      {viewer.person === null ? null : <DraftsOf personId={viewer.person.id} />}
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:start-3 focus:top-3 focus:z-50 focus:rounded-1 focus:bg-thread focus:px-3 focus:py-2 focus:text-thread-ink"
      >
        {t('skip')}
      </a>
      <header className="flex items-center justify-between gap-2 border-b border-line-soft px-4 py-2 md:sticky md:top-0 md:h-dvh md:flex-col md:items-stretch md:justify-start md:gap-3 md:border-e md:border-b-0 md:px-0 md:py-3">
        <div className="flex items-center justify-between md:px-5">
          <Link href="/runs" className="flex items-center gap-2.5 text-16 font-semibold tracking-tight">
            <Logo /> {t('name')}
          </Link>
        </div>
        <div className="md:px-2.5">
          <CommandMenu permissions={viewer.permissions} />
        </div>
        <div className="hidden min-h-0 flex-1 md:flex">
          <SideNav {...nav} />
        </div>
        {viewer.person === null ? null : (
          <div className="md:border-t md:border-line-soft md:px-2.5 md:pt-3">
            <PersonMenu
              person={viewer.person}
              organisation={viewer.organisation}
              organisations={viewer.memberships.map(({ organisation }) => organisation)}
            />
          </div>
        )}
      </header>
      <main id="content" tabIndex={-1} className="min-w-0 px-4 pt-5 pb-24 outline-none md:px-7 md:pb-10">
        {children}
      </main>
      <nav
        aria-label={t('navigation')}
        className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-ink-1 pb-[env(safe-area-inset-bottom)] md:hidden"
      >
        <BottomLinks {...nav} />
        <MoreMenu permissions={viewer.permissions} />
      </nav>
      <LiveApprovals />
      <ConnectionBanner />
    </div>
  );
}

function waitingIn({ approvals }: Viewer): string | null {
  const count = approvals.edges.length;
  if (count === 0) return null;
  return approvals.pageInfo.hasNextPage ? `${count}+` : String(count);
}
