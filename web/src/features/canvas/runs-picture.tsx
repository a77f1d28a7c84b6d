import { getTranslations } from 'next-intl/server';
import { buttonLook } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Link } from '../../i18n/navigation.ts';
import { LivePicture } from './live-picture.tsx';
import { LiveRuns } from './live-runs.tsx';
import { loadPicturedRuns } from './loaders.ts';
import { PicturedRuns } from './pictured-runs.tsx';
import { spanFor } from './scenes.ts';
import { StillPicture } from './still-picture.tsx';
import { lightened, threadOf } from './thread.ts';

/** The newest runs of the organisation as threads, and below them the same in words. */
export async function RunsPicture({ now }: { now: number }) {
  const t = await getTranslations('Canvas');
  const { data, problem } = await loadPicturedRuns();
  if (problem !== null) return <ErrorState problem={problem} />;
  const runs = data.runs.edges.map(({ node }) => node);
  if (runs.length === 0)
    return (
      <EmptyState title={t('none')} text={t('noneText')}>
        <Link href="/workflows" className={buttonLook()}>
          {t('toWorkflows')}
        </Link>
      </EmptyState>
    );
  const threads = runs.map((run) => lightened(threadOf(run)));
  const view = { now, span: spanFor(threads, now) };
  return (
    <>
      <LiveRuns open={runs.filter(({ finishedAt }) => finishedAt === null).map(({ id }) => id)} />
      <figure className="mb-6">
        <div className="relative h-[clamp(16rem,46vh,30rem)] overflow-hidden rounded-2 border border-line-soft bg-ink-0">
          <LivePicture {...view} threads={threads} words={{ pause: t('pause'), play: t('play') }}>
            <StillPicture threads={threads} view={view} isWhole />
          </LivePicture>
        </div>
        <figcaption className="mt-2 text-13 text-aside">{t('legend')}</figcaption>
      </figure>
      <PicturedRuns runs={runs} />
    </>
  );
}
