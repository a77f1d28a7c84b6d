import { getTranslations } from 'next-intl/server';
import { ErrorState } from '../../../../components/error-state.tsx';
import { NextPage } from '../../../../components/next-page.tsx';
import { PageHeader } from '../../../../components/page-header.tsx';
import { Cell, Row, Table } from '../../../../components/table.tsx';
import { When } from '../../../../components/when.tsx';
import { loadMembers } from '../../../../features/members/loaders.ts';
import { InviteForm, MemberActions } from '../../../../features/members/member-forms.tsx';
import { loadPermissions } from '../../../../features/shell/viewer.ts';
import { textIn, withQuery, type SearchParams } from '../../../../lib/search-params.ts';

export async function generateMetadata() {
  const t = await getTranslations('Members');
  return { title: t('title') };
}

export default async function MembersPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const t = await getTranslations('Members');
  const roles = await getTranslations('Roles');
  const after = textIn(await searchParams, 'after');
  const canWrite = (await loadPermissions()).has('members.write');
  const { data, problem } = await loadMembers(after);
  if (problem !== null) return <ErrorState problem={problem} />;
  const { edges, pageInfo } = data.members;
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')}>
        {canWrite ? <InviteForm /> : null}
      </PageHeader>
      <Table
        label={t('title')}
        head={[t('name'), t('email'), t('roles'), t('joined'), ...(canWrite ? [''] : [])]}
      >
        {edges.map(({ node }) => (
          <Row key={node.person.id}>
            <Cell className="font-medium">
              <bdi>{node.person.name}</bdi>
            </Cell>
            <Cell className="text-explain">{node.person.email}</Cell>
            <Cell>{node.roles.map((role) => roles(role)).join(', ')}</Cell>
            <Cell>
              <When at={node.joinedAt} />
            </Cell>
            {canWrite ? (
              <Cell>
                <MemberActions member={node} />
              </Cell>
            ) : null}
          </Row>
        ))}
      </Table>
      <NextPage
        next={pageInfo.hasNextPage ? withQuery('/members', { after: pageInfo.endCursor ?? undefined }) : null}
        first={after === undefined ? null : '/members'}
        words={{ next: t('more'), first: t('first'), label: t('pages') }}
      />
    </>
  );
}
