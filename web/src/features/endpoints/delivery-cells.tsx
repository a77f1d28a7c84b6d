import { getTranslations } from 'next-intl/server';
import { JsonView } from '../../components/json-view.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import type { StateTone } from '../../components/state-shape.tsx';
import { When } from '../../components/when.tsx';
import { Replay } from './endpoint-controls.tsx';
import type { EndpointDelivery } from './loaders.ts';

const TONES = {
  PENDING: 'wait',
  DELIVERED: 'ok',
  FAILED: 'fail',
  CANCELLED: 'idle',
} as const satisfies Record<EndpointDelivery['status'], StateTone>;

/** The cells of one event on its way to an endpoint. */
export async function deliveryCells(delivery: EndpointDelivery, canWrite: boolean) {
  const t = await getTranslations('Endpoints');
  const { id, eventId, eventType, status, createdAt, nextAt, attempts, payload, replayOf } = delivery;
  return [
    <When key="at" at={createdAt} />,
    <span key="event">
      <code className="font-mono text-12">{eventType}</code>
      {replayOf === null ? null : <span className="block text-12 text-aside">{t('isReplay')}</span>}
    </span>,
    <span key="state">
      <StateBadge tone={TONES[status]} word={t(`statuses.${status}`)} isBare />
      {nextAt === null ? null : (
        <span className="block text-12 text-aside">
          {t('nextAttempt')} <When at={nextAt} />
        </span>
      )}
    </span>,
    <details key="details">
      <summary className="cursor-pointer text-explain">{t('attempts', { count: attempts.length })}</summary>
      <ol className="my-1 flex flex-col gap-0.5 text-12">
        {attempts.map(({ at, httpStatus, durationMs, error }) => (
          <li key={at}>
            <When at={at} /> · {httpStatus ?? t('noAnswer')} · {t('took', { ms: durationMs })}
            {error === null ? null : <span className="block text-fail">{error}</span>}
          </li>
        ))}
      </ol>
      <JsonView value={payload} label={`${t('payload')} ${eventId}`} cut={t('cut')} />
    </details>,
    ...(canWrite ? [<Replay key="replay" id={id} eventType={eventType} />] : []),
  ];
}
