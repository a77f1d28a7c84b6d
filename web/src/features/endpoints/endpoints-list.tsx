import { getTranslations } from 'next-intl/server';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { NextPage } from '../../components/next-page.tsx';
import { StackTable } from '../../components/stack-table.tsx';
import { Link } from '../../i18n/navigation.ts';
import { withQuery } from '../../lib/search-params.ts';
import { CreateEndpoint } from './create-endpoint.tsx';
import { EndpointState } from './endpoint-state.tsx';
import { loadEndpoints } from './loaders.ts';

/** The addresses of customers that are told of events. */
export async function EndpointsList({ after, canWrite }: { after: string | undefined; canWrite: boolean }) {
  const t = await getTranslations('Endpoints');
  const { data, problem } = await loadEndpoints(after);
  if (problem !== null) return <ErrorState problem={problem} />;
  const { edges, pageInfo } = data.endpoints;
  return (
    <section>
      <div className="mb-3 flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 className="mb-1 text-16 font-semibold">{t('title')}</h2>
          <p className="max-w-prose text-13 text-explain">{t('lead')}</p>
        </div>
        {canWrite ? <CreateEndpoint /> : null}
      </div>
      {edges.length === 0 ? (
        <EmptyState title={t('none')} text={t('noneText')} />
      ) : (
        <StackTable
          label={t('title')}
          head={[t('description'), t('state'), t('url'), t('events')]}
          rows={edges.map(({ node: { id, description, url, eventTypes, ...state } }) => ({
            key: id,
            cells: [
              <Link key="name" href={`/webhooks/endpoints/${id}`} className="font-medium hover:underline">
                <bdi>{description}</bdi>
              </Link>,
              <EndpointState key="state" {...state} />,
              <code key="url" dir="ltr" className="font-mono text-12 break-all">
                {url}
              </code>,
              <span key="events" className="font-mono text-12 text-explain">
                {eventTypes.join(', ')}
              </span>,
            ],
          }))}
        />
      )}
      <NextPage
        next={
          pageInfo.hasNextPage ? withQuery('/webhooks', { after: pageInfo.endCursor ?? undefined }) : null
        }
        first={after === undefined ? null : '/webhooks'}
        words={{ next: t('older'), first: t('newest'), label: t('pages') }}
      />
    </section>
  );
}
