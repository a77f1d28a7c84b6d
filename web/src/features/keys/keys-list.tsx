import { getTranslations } from 'next-intl/server';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { NextPage } from '../../components/next-page.tsx';
import { Note } from '../../components/note.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { StackTable } from '../../components/stack-table.tsx';
import { textIn, withQuery, type SearchParams } from '../../lib/search-params.ts';
import { CreateKey } from './create-key.tsx';
import { keyCells } from './key-cells.tsx';
import { loadKeys } from './loaders.ts';

/** The API keys of the organisation, newest first. */
export async function KeysList({ params }: { params: SearchParams }) {
  const t = await getTranslations('Keys');
  const after = textIn(params, 'after');
  const { data, problem } = await loadKeys(after);
  if (problem !== null) return <ErrorState problem={problem} />;
  const { viewer, apiKeys } = data;
  const canWrite = viewer.permissions.includes('keys.write');
  const head = [t('name'), t('state'), t('actsFor'), t('roles'), t('lastUsed'), t('expires')];
  const { hasNextPage, endCursor } = apiKeys.pageInfo;
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')}>
        {canWrite ? <CreateKey own={viewer.roles} canBePersonal={viewer.person !== null} /> : null}
      </PageHeader>
      {canWrite ? null : <Note>{t('cannotWrite')}</Note>}
      {apiKeys.edges.length === 0 ? (
        <EmptyState title={t('none')} text={t('noneText')} />
      ) : (
        <StackTable
          label={t('title')}
          head={canWrite ? [...head, ''] : head}
          rows={await Promise.all(
            apiKeys.edges.map(async ({ node }) => ({ key: node.id, cells: await keyCells(node, canWrite) })),
          )}
        />
      )}
      <NextPage
        next={hasNextPage ? withQuery('/keys', { after: endCursor ?? undefined }) : null}
        first={after === undefined ? null : '/keys'}
        words={{ next: t('older'), first: t('newest'), label: t('pages') }}
      />
    </>
  );
}
