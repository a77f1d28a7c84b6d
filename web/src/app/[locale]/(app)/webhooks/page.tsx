import { getTranslations } from 'next-intl/server';
import { PageHeader } from '../../../../components/page-header.tsx';
import { EndpointsList } from '../../../../features/endpoints/endpoints-list.tsx';
import { loadPermissions } from '../../../../features/shell/viewer.ts';
import { IncomingList } from '../../../../features/webhooks/incoming-list.tsx';
import { Note } from '../../../../components/note.tsx';
import { textIn, type SearchParams } from '../../../../lib/search-params.ts';

export async function generateMetadata() {
  const t = await getTranslations('Webhooks');
  return { title: t('title') };
}

export default async function WebhooksPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations('Webhooks');
  const permissions = await loadPermissions();
  const canWrite = permissions.has('webhooks.write');
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')} />
      {canWrite ? null : <Note>{t('cannotWrite')}</Note>}
      <section className="mb-8">
        <h2 className="mb-1 text-16 font-semibold">{t('incoming')}</h2>
        <p className="mb-3 max-w-prose text-13 text-explain">{t('incomingText')}</p>
        <IncomingList />
      </section>
      <EndpointsList after={textIn(await searchParams, 'after')} canWrite={canWrite} />
    </>
  );
}
