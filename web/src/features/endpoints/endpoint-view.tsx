import { getTranslations } from 'next-intl/server';
import { EmptyState } from '../../components/empty-state.tsx';
import { Facts } from '../../components/facts.tsx';
import { NextPage } from '../../components/next-page.tsx';
import { Note } from '../../components/note.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { StackTable } from '../../components/stack-table.tsx';
import { When } from '../../components/when.tsx';
import { Link } from '../../i18n/navigation.ts';
import { withQuery } from '../../lib/search-params.ts';
import { deliveryCells } from './delivery-cells.tsx';
import { EndpointControls } from './endpoint-controls.tsx';
import { EndpointState } from './endpoint-state.tsx';
import type { EndpointDeliveries, ShownEndpoint } from './loaders.ts';

interface EndpointViewProps {
  endpoint: ShownEndpoint;
  deliveries: EndpointDeliveries;
  canWrite: boolean;
  isFirstPage: boolean;
}

/** One endpoint: how it stands, and what was sent to it. */
export async function EndpointView({ endpoint, deliveries, canWrite, isFirstPage }: EndpointViewProps) {
  const t = await getTranslations('Endpoints');
  const { id, description, disabledAt, disabledReason, failingSince } = endpoint;
  const here = `/webhooks/endpoints/${id}`;
  const { hasNextPage, endCursor } = deliveries.pageInfo;
  return (
    <>
      <PageHeader
        title={description}
        above={<Link href="/webhooks">{t('back')}</Link>}
        beside={<EndpointState disabledAt={disabledAt} failingSince={failingSince} />}
      >
        {canWrite ? <EndpointControls endpoint={endpoint} /> : null}
      </PageHeader>
      {disabledAt === null ? null : (
        <Note>
          {t('offSince')} <When at={disabledAt} />
          {disabledReason === null ? null : <span className="block">{disabledReason}</span>}
        </Note>
      )}
      {failingSince === null ? null : (
        <Note>
          {t('failingSince')} <When at={failingSince} />
        </Note>
      )}
      <Facts facts={await factsOf(endpoint)} />
      <h2 className="mt-6 mb-2 text-16 font-semibold">{t('deliveries')}</h2>
      {deliveries.edges.length === 0 ? (
        <EmptyState title={t('noDeliveries')} text={t('noDeliveriesText')} />
      ) : (
        <StackTable
          label={t('deliveries')}
          head={[t('when'), t('event'), t('state'), t('details'), ...(canWrite ? [''] : [])]}
          rows={await Promise.all(
            deliveries.edges.map(async ({ node }) => ({
              key: node.id,
              cells: await deliveryCells(node, canWrite),
            })),
          )}
        />
      )}
      <NextPage
        next={hasNextPage ? withQuery(here, { after: endCursor ?? undefined }) : null}
        first={isFirstPage ? null : here}
        words={{ next: t('older'), first: t('newest'), label: t('pages') }}
      />
    </>
  );
}

async function factsOf({ url, eventTypes, createdBy, createdAt, rotatedAt }: ShownEndpoint) {
  const t = await getTranslations('Endpoints');
  const facts: [string, React.ReactNode][] = [
    [
      t('url'),
      <code key="url" dir="ltr" className="font-mono text-12 break-all">
        {url}
      </code>,
    ],
    [
      t('events'),
      <span key="events" className="font-mono text-12">
        {eventTypes.join(', ')}
      </span>,
    ],
    [t('secret'), rotatedAt === null ? t('secretFirst') : <When key="rotated" at={rotatedAt} />],
    [
      t('madeBy'),
      <span key="made">
        {createdBy === null ? null : <bdi>{createdBy.name} </bdi>}
        <When at={createdAt} />
      </span>,
    ],
  ];
  return facts;
}
