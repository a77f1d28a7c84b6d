import { getTranslations } from 'next-intl/server';
import { StackTable } from '../../components/stack-table.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { When } from '../../components/when.tsx';
import { Link } from '../../i18n/navigation.ts';
import type { PicturedRun } from './loaders.ts';
import { threadOf } from './thread.ts';

/** What the picture shows, in words: a line for each run. */
export async function PicturedRuns({ runs }: { runs: PicturedRun[] }) {
  const t = await getTranslations('Canvas');
  const states = await getTranslations('RunStatus');
  return (
    <StackTable
      label={t('list')}
      head={[t('workflow'), t('state'), t('started'), t('stepsDone'), t('waits')]}
      rows={runs.map((run) => {
        const { tone, knots } = threadOf(run);
        const waiting = knots.filter(({ kind, until }) => kind === 'gate' && until === null).length;
        return {
          key: run.id,
          cells: [
            <Link key="run" href={`/runs/${run.id}`} className="font-medium hover:underline">
              {run.workflow.name}
            </Link>,
            <StateBadge key="state" tone={tone} word={states(run.status)} isBare />,
            <When key="started" at={run.createdAt} />,
            knots.length - waiting,
            t('waiting', { count: waiting }),
          ],
        };
      })}
    />
  );
}
