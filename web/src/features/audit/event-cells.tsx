import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { JsonView } from '../../components/json-view.tsx';
import { When } from '../../components/when.tsx';
import { Link } from '../../i18n/navigation.ts';
import { withQuery } from '../../lib/search-params.ts';
import type { AuditEvent } from './loaders.ts';
import type { WantedEvents } from './wanted-events.ts';

/** The cells of one event. Who, what and to what lead to all events of the same. */
export async function eventCells(event: AuditEvent, wanted: WantedEvents): Promise<ReactNode[]> {
  const t = await getTranslations('Audit');
  const narrowed = (part: Partial<WantedEvents>): string => withQuery('/audit', { ...wanted, ...part });
  return [
    <span key="at">
      <When at={event.at} />
      <span className="ms-2 text-12 text-aside">{t('number', { number: event.sequence })}</span>
    </span>,
    <Who key="who" event={event} narrowed={narrowed} />,
    <Link
      key="action"
      href={narrowed({ action: event.action })}
      className="font-mono text-12 hover:underline"
    >
      {event.action}
    </Link>,
    event.target === null ? null : (
      <Link
        key="target"
        href={narrowed({ target: event.target })}
        title={event.target}
        className="block max-w-52 truncate font-mono text-12 text-explain hover:underline"
      >
        {event.target}
      </Link>
    ),
    <details key="details" className="max-md:w-full">
      <summary className="cursor-pointer text-explain">{t('details')}</summary>
      <div className="mt-1 flex max-w-md flex-col gap-1">
        {event.details === null ? (
          <p className="text-aside">{t('noDetails')}</p>
        ) : (
          <JsonView
            value={event.details}
            label={`${t('details')}, ${t('number', { number: event.sequence })}`}
            cut={t('cut')}
          />
        )}
        {event.requestId === null ? null : (
          <p className="text-12 text-aside">
            {t('request')} <code className="font-mono">{event.requestId}</code>
          </p>
        )}
      </div>
    </details>,
  ];
}

interface WhoProps {
  event: AuditEvent;
  narrowed: (part: Partial<WantedEvents>) => string;
}

async function Who({ event: { actor }, narrowed }: WhoProps) {
  const kinds = await getTranslations('ActorKinds');
  const id = actor.personId ?? actor.apiKeyId ?? actor.runId;
  const name = <bdi>{actor.name}</bdi>;
  return (
    <span>
      {id === null ? (
        name
      ) : (
        <Link href={narrowed({ actor: id })} className="hover:underline">
          {name}
        </Link>
      )}
      <span className="block text-12 text-aside">{actor.email ?? kinds(actor.kind)}</span>
    </span>
  );
}
