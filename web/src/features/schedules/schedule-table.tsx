import { getTranslations } from 'next-intl/server';
import { StackTable } from '../../components/stack-table.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { When } from '../../components/when.tsx';
import { Link } from '../../i18n/navigation.ts';
import { dueText } from './due-text.ts';
import type { ListedSchedule } from './loaders.ts';

/** Schedules, one a row, with when each is due next in the reader's time zone. */
export async function ScheduleTable({ schedules }: { schedules: ListedSchedule[] }) {
  const t = await getTranslations('Schedules');
  const head = [t('name'), t('state'), t('workflow'), t('rule'), t('next'), t('last')];
  return (
    <StackTable
      label={t('title')}
      head={head}
      rows={await Promise.all(schedules.map(async (one) => ({ key: one.id, cells: await cellsOf(one) })))}
    />
  );
}

async function cellsOf({ id, name, paused, workflow, spec, nextTimes, recentRuns: [last] }: ListedSchedule) {
  const t = await getTranslations('Schedules');
  const [next] = nextTimes ?? [];
  return [
    <Link key="name" href={`/schedules/${id}`} className="font-medium hover:underline">
      <bdi>{name}</bdi>
    </Link>,
    <StateBadge
      key="state"
      tone={paused === null ? 'ok' : 'wait'}
      word={t(paused === null ? 'active' : 'isPaused')}
      isBare
    />,
    <Link key="workflow" href={`/workflows/${workflow.id}`} className="hover:underline">
      <bdi>{workflow.name}</bdi>
    </Link>,
    <span key="rule">
      <span className="font-mono text-12">{(await dueText(spec)).join(' · ')}</span>
      <span className="block text-12 text-aside">{spec.timeZone}</span>
    </span>,
    next === undefined || paused !== null ? (
      <span key="next" className="text-aside">
        {t(nextTimes === null ? 'unknown' : 'notDue')}
      </span>
    ) : (
      <When key="next" at={next} />
    ),
    last === undefined ? (
      <span key="last" className="text-aside">
        {t('notYet')}
      </span>
    ) : (
      <Link key="last" href={`/runs/${last.id}`} className="hover:underline">
        <When at={last.createdAt} />
      </Link>
    ),
  ];
}
