import { getTranslations } from 'next-intl/server';
import { EmptyState } from '../../../../components/empty-state.tsx';
import { ErrorState } from '../../../../components/error-state.tsx';
import { NextPage } from '../../../../components/next-page.tsx';
import { PageHeader } from '../../../../components/page-header.tsx';
import { StateBadge } from '../../../../components/state-badge.tsx';
import { Cell, Row, Table } from '../../../../components/table.tsx';
import { When } from '../../../../components/when.tsx';
import { CreateKey } from '../../../../features/keys/create-key.tsx';
import { keyState } from '../../../../features/keys/key-state.ts';
import { loadKeys } from '../../../../features/keys/loaders.ts';
import { RevokeKey } from '../../../../features/keys/revoke-key.tsx';
import { loadPermissions } from '../../../../features/shell/viewer.ts';
import { textIn, withQuery, type SearchParams } from '../../../../lib/search-params.ts';

export async function generateMetadata() {
  const t = await getTranslations('Keys');
  return { title: t('title') };
}

export default async function KeysPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations('Keys');
  const roles = await getTranslations('Roles');
  const after = textIn(await searchParams, 'after');
  const canWrite = (await loadPermissions()).has('keys.write');
  const { data, problem } = await loadKeys(after);
  if (problem !== null) return <ErrorState problem={problem} />;
  const { edges, pageInfo } = data.apiKeys;
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')}>
        {canWrite ? <CreateKey roles={data.viewer.roles} /> : null}
      </PageHeader>
      {edges.length === 0 ? (
        <EmptyState title={t('none')} text={t('noneText')} />
      ) : (
        <Table
          label={t('title')}
          head={[
            t('name'),
            t('state'),
            t('begins'),
            t('actsAs'),
            t('roles'),
            t('lastUsed'),
            ...(canWrite ? [''] : []),
          ]}
        >
          {edges.map(({ node: key }) => {
            const state = keyState(key, new Date());
            return (
              <Row key={key.id}>
                <Cell className="font-medium">
                  <bdi>{key.name}</bdi>
                </Cell>
                <Cell>
                  <StateBadge tone={state === 'works' ? 'ok' : 'idle'} word={t(`states.${state}`)} isBare />
                </Cell>
                <Cell>
                  <code className="font-mono text-12">{key.prefix}…</code>
                </Cell>
                <Cell>{key.person === null ? t('aService') : <bdi>{key.person.name}</bdi>}</Cell>
                <Cell>{key.roles.map((role) => roles(role)).join(', ')}</Cell>
                <Cell>{key.lastUsedAt === null ? t('notYet') : <When at={key.lastUsedAt} />}</Cell>
                {canWrite ? (
                  <Cell className="text-end">
                    {state === 'works' ? <RevokeKey id={key.id} name={key.name} /> : null}
                  </Cell>
                ) : null}
              </Row>
            );
          })}
        </Table>
      )}
      <NextPage
        next={pageInfo.hasNextPage ? withQuery('/keys', { after: pageInfo.endCursor ?? undefined }) : null}
        first={after === undefined ? null : '/keys'}
        words={{ next: t('older'), first: t('newest'), label: t('pages') }}
      />
    </>
  );
}
