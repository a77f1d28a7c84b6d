import { getFormatter, getTranslations } from 'next-intl/server';
import { ErrorState } from '../../components/error-state.tsx';
import { NextPage } from '../../components/next-page.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { Cell, Row, Table } from '../../components/table.tsx';
import { Link } from '../../i18n/navigation.ts';
import { EVENTS_A_PAGE, loadEvents } from './loaders.ts';
import { runAddress } from './run-address.ts';
import { settledEvents } from './settled-events.ts';

const TONES = {
  STARTED: 'run',
  SUCCEEDED: 'ok',
  FAILED: 'fail',
  RETRYING: 'wait',
  WAITING: 'wait',
  SKIPPED: 'idle',
  CANCELLED: 'idle',
} as const;

/** Everything that happened in a run, in its order. */
export async function EventLog({ runId, after }: { runId: string; after: number }) {
  const t = await getTranslations('EventLog');
  const format = await getFormatter();
  const { data, problem } = await loadEvents(runId, after);
  if (problem !== null) return <ErrorState problem={problem} />;
  const { events, next } = settledEvents(data.run?.events ?? [], EVENTS_A_PAGE);
  if (events.length === 0)
    return <p className="hatched rounded-2 p-6 text-center text-explain">{t('none')}</p>;
  const address = (from: number) => `/runs/${runId}?view=events${from > 0 ? `&from=${from}` : ''}`;
  return (
    <>
      <Table label={t('title')} head={['#', t('time'), t('what'), t('step'), t('attempt')]}>
        {events.map(({ sequence, at, kind, path, attempt }) => (
          <Row key={`${sequence} ${path} ${attempt} ${kind}`}>
            <Cell className="text-aside">{sequence}</Cell>
            <Cell>
              {format.dateTime(new Date(at), {
                ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 },
              })}
            </Cell>
            <Cell>
              <StateBadge tone={TONES[kind]} word={t(`kinds.${kind}`)} isBare />
            </Cell>
            <Cell>
              <Link href={runAddress(runId, { step: path })} className="hover:underline">
                <code className="font-mono text-12">{path}</code>
              </Link>
            </Cell>
            <Cell>{attempt}</Cell>
          </Row>
        ))}
      </Table>
      <NextPage
        next={next === null ? null : address(next)}
        first={after > 0 ? address(0) : null}
        words={{ next: t('later'), first: t('first'), label: t('pages') }}
      />
    </>
  );
}
