import { Monitor, Smartphone } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { ErrorState } from '../../components/error-state.tsx';
import { StackTable } from '../../components/stack-table.tsx';
import { When } from '../../components/when.tsx';
import { EndSession, SignOutElsewhere } from './end-sessions.tsx';
import { loadSessions, type ShownSession } from './session-loader.ts';

/** The browsers in which the person is signed in, with the way out of each. */
export async function SessionsList() {
  const t = await getTranslations('Sessions');
  const { data, problem } = await loadSessions();
  return (
    <section aria-labelledby="sessions" className="mt-10">
      <h2 id="sessions" className="text-16 font-semibold">
        {t('title')}
      </h2>
      <p className="mt-1 mb-3 max-w-prose text-13 text-explain">{t('text')}</p>
      {problem !== null ? (
        <ErrorState problem={problem} />
      ) : (
        <>
          <StackTable
            label={t('title')}
            head={[t('browser'), t('address'), t('since'), t('seen'), '']}
            rows={data.map((session) => ({
              key: session.id,
              cells: [
                <SessionName key="name" session={session} />,
                session.network === null ? (
                  t('unknown')
                ) : (
                  <code key="network" dir="ltr" className="font-mono text-12 break-all">
                    {session.network}
                  </code>
                ),
                <When key="since" at={session.createdAt} />,
                <When key="seen" at={session.seenAt} />,
                session.isThis ? null : (
                  <EndSession key="end" id={session.id} name={nameOf(session, t('unknown'))} />
                ),
              ],
            }))}
          />
          <SignOutElsewhere hasOthers={data.length > 1} />
        </>
      )}
    </section>
  );
}

async function SessionName({ session }: { session: ShownSession }) {
  const t = await getTranslations('Sessions');
  const Icon = session.isHandheld ? Smartphone : Monitor;
  return (
    <span className="flex items-center gap-2">
      <Icon size={15} aria-hidden="true" className="shrink-0 text-aside" />
      <bdi className="font-medium">{nameOf(session, t('unknown'))}</bdi>
      {session.isThis ? (
        <span className="rounded-full border border-line px-2 text-12 text-explain">{t('this')}</span>
      ) : null}
    </span>
  );
}

/** Both names are their makers' own, so they are the same in every language. */
function nameOf({ browser, system }: ShownSession, unknown: string): string {
  const known = [browser, system].filter((name) => name !== null);
  return known.length === 0 ? unknown : known.join(' · ');
}
