import { getTranslations } from 'next-intl/server';
import { StateBadge } from '../../components/state-badge.tsx';
import { Cell, Row, Table } from '../../components/table.tsx';
import { When } from '../../components/when.tsx';
import { Link } from '../../i18n/navigation.ts';
import { ScheduleActions } from './schedule-forms.tsx';
import type { ShownSchedule } from './loaders.ts';

/** Schedules, one a row, with when each is due next in the reader's time zone. */
export async function ScheduleTable({
  schedules,
  canWrite,
}: {
  schedules: ShownSchedule[];
  canWrite: boolean;
}) {
  const t = await getTranslations('Schedules');
  const head = [
    t('name'),
    t('state'),
    t('workflow'),
    t('rule'),
    t('next'),
    t('last'),
    ...(canWrite ? [''] : []),
  ];
  return (
    <Table label={t('title')} head={head}>
      {schedules.map(({ id, name, source, paused, workflow, spec, nextTimes, recentRuns: [last] }) => (
        <Row key={id}>
          <Cell className="font-medium">
            <bdi>{name}</bdi>
          </Cell>
          <Cell>
            <StateBadge
              tone={paused === null ? 'ok' : 'idle'}
              word={t(paused === null ? 'active' : 'isPaused')}
              isBare
            />
          </Cell>
          <Cell>
            <Link href={`/workflows/${workflow.id}`} className="hover:underline">
              <bdi>{workflow.name}</bdi>
            </Link>
          </Cell>
          <Cell>
            <code className="font-mono text-12">
              {[
                ...spec.crons,
                ...spec.intervals.map(({ everySeconds }) => t('every', { seconds: everySeconds })),
              ].join(', ') || t('calendar')}
            </code>
            <span className="block text-12 text-aside">{spec.timeZone}</span>
          </Cell>
          <Cell>{nextTimes?.[0] === undefined ? '–' : <When at={nextTimes[0]} />}</Cell>
          <Cell>
            {last === undefined ? (
              '–'
            ) : (
              <Link href={`/runs/${last.id}`} className="hover:underline">
                <When at={last.createdAt} />
              </Link>
            )}
          </Cell>
          {canWrite ? (
            <Cell>
              <ScheduleActions
                {...{ id, name }}
                isPaused={paused !== null}
                isOfDefinition={source === 'definition'}
              />
            </Cell>
          ) : null}
        </Row>
      ))}
    </Table>
  );
}
