import { getTranslations } from 'next-intl/server';
import { Facts } from '../../components/facts.tsx';
import { JsonView } from '../../components/json-view.tsx';
import { Note } from '../../components/note.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { StackTable } from '../../components/stack-table.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { When } from '../../components/when.tsx';
import { Link } from '../../i18n/navigation.ts';
import { RUN_TONES } from '../runs/run-states.ts';
import { dueText } from './due-text.ts';
import type { ShownSchedule } from './loaders.ts';
import { ScheduleControls } from './schedule-controls.tsx';

/** One schedule: when it is due next, what it started, and what can be done with it. */
export async function ScheduleView({ schedule, canWrite }: { schedule: ShownSchedule; canWrite: boolean }) {
  const t = await getTranslations('Schedules');
  const { name, paused, source, nextTimes } = schedule;
  return (
    <>
      <PageHeader
        title={name}
        above={<Link href="/schedules">{t('title')}</Link>}
        beside={
          <StateBadge
            tone={paused === null ? 'ok' : 'wait'}
            word={t(paused === null ? 'active' : 'isPaused')}
          />
        }
      >
        {canWrite ? <ScheduleControls schedule={schedule} /> : null}
      </PageHeader>
      {canWrite ? null : <Note>{t('cannotWrite')}</Note>}
      {source === 'definition' ? <Note>{t('ofDefinition')}</Note> : null}
      {paused === null ? null : (
        <Note>
          {t('pausedBy', { name: paused.by?.name ?? t('somebody') })} <When at={paused.at} />
          {paused.reason === null ? null : <bdi className="block text-say">{paused.reason}</bdi>}
        </Note>
      )}
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-6">
          <Facts facts={await factsOf(schedule)} />
          <Runs schedule={schedule} />
        </div>
        <section>
          <h2 className="mb-2 text-16 font-semibold">{t('nextTimes')}</h2>
          {nextTimes === null ? (
            <p className="text-explain">{t('unknownText')}</p>
          ) : paused !== null || nextTimes.length === 0 ? (
            <p className="text-explain">{t(paused === null ? 'neverDue' : 'pausedText')}</p>
          ) : (
            <ol className="rounded-2 border border-line-soft bg-ink-1 p-3 text-13">
              {nextTimes.map((at) => (
                <li key={at} className="py-0.5">
                  <When at={at} />
                </li>
              ))}
            </ol>
          )}
        </section>
      </div>
    </>
  );
}

async function factsOf(schedule: ShownSchedule): Promise<[string, React.ReactNode][]> {
  const t = await getTranslations('Schedules');
  const { workflow, spec, overlap, version, input, createdBy, createdAt } = schedule;
  return [
    [
      t('workflow'),
      <Link key="workflow" href={`/workflows/${workflow.id}`} className="hover:underline">
        <bdi>{workflow.name}</bdi> {version === null ? t('newestVersion') : t('version', { version })}
      </Link>,
    ],
    [
      t('rule'),
      <span key="rule" className="font-mono text-12">
        {(await dueText(spec)).join(' · ')}
      </span>,
    ],
    [t('zone'), spec.timeZone],
    [t('overlap'), t(`overlaps.${overlap}`)],
    ...(spec.jitterSeconds > 0 ? [[t('jitter'), String(spec.jitterSeconds)] as [string, string]] : []),
    [
      t('madeBy'),
      <span key="made">
        <bdi>{createdBy?.name ?? t('somebody')}</bdi>, <When at={createdAt} />
      </span>,
    ],
    [t('input'), <JsonView key="input" value={input} label={t('input')} cut={t('cut')} />],
  ];
}

async function Runs({ schedule: { recentRuns, recentRefusals } }: { schedule: ShownSchedule }) {
  const t = await getTranslations('Schedules');
  const states = await getTranslations('RunStatus');
  return (
    <section>
      <h2 className="mb-2 text-16 font-semibold">{t('started')}</h2>
      {recentRefusals.length === 0 ? null : (
        <ul className="mb-3 flex flex-col gap-1 text-13 text-fail">
          {recentRefusals.map(({ at, message }) => (
            <li key={at}>
              <When at={at} /> {message}
            </li>
          ))}
        </ul>
      )}
      {recentRuns.length === 0 ? (
        <p className="text-explain">{t('noRuns')}</p>
      ) : (
        <StackTable
          label={t('started')}
          head={[t('run'), t('state'), t('dueAt')]}
          rows={recentRuns.map(({ id, status, createdAt, scheduledFor }) => ({
            key: id,
            cells: [
              <Link key="run" href={`/runs/${id}`} className="hover:underline">
                <When at={createdAt} />
              </Link>,
              <StateBadge key="state" tone={RUN_TONES[status]} word={states(status)} isBare />,
              scheduledFor === null ? null : <When key="due" at={scheduledFor} />,
            ],
          }))}
        />
      )}
    </section>
  );
}
