import { getTranslations } from 'next-intl/server';
import { ErrorState } from '../../components/error-state.tsx';
import { NextPage } from '../../components/next-page.tsx';
import { Note } from '../../components/note.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { StackTable } from '../../components/stack-table.tsx';
import { When } from '../../components/when.tsx';
import { textIn, withQuery, type SearchParams } from '../../lib/search-params.ts';
import { InviteMember } from './invite-member.tsx';
import { loadMembers } from './loaders.ts';
import { MemberControls } from './member-controls.tsx';
import { RoleNames } from './role-names.tsx';
import { RoleTable } from './role-table.tsx';

/** The people of the organisation, with what each may do. */
export async function MembersList({ params }: { params: SearchParams }) {
  const t = await getTranslations('Members');
  const after = textIn(params, 'after');
  const { data, problem } = await loadMembers(after);
  if (problem !== null) return <ErrorState problem={problem} />;
  const { viewer, members } = data;
  const canWrite = viewer.permissions.includes('members.write');
  const head = [t('name'), t('email'), t('roles'), t('joined')];
  const { hasNextPage, endCursor } = members.pageInfo;
  return (
    <>
      <PageHeader title={t('title')} lead={t('lead')}>
        {canWrite ? <InviteMember own={viewer.roles} /> : null}
      </PageHeader>
      {canWrite ? null : <Note>{t('cannotWrite')}</Note>}
      <StackTable
        label={t('title')}
        head={canWrite ? [...head, ''] : head}
        rows={members.edges.map(({ node }) => ({
          key: node.person.id,
          cells: [
            <Name
              key="name"
              name={node.person.name}
              you={node.person.id === viewer.person?.id ? t('you') : null}
            />,
            <span key="email" className="text-explain">
              {node.person.email}
            </span>,
            <RoleNames key="roles" roles={node.roles} />,
            <When key="joined" at={node.joinedAt} />,
            ...(canWrite ? [<MemberControls key="controls" member={node} own={viewer.roles} />] : []),
          ],
        }))}
      />
      <NextPage
        next={hasNextPage ? withQuery('/members', { after: endCursor ?? undefined }) : null}
        first={after === undefined ? null : '/members'}
        words={{ next: t('older'), first: t('newest'), label: t('pages') }}
      />
      <RoleTable />
    </>
  );
}

function Name({ name, you }: { name: string; you: string | null }) {
  return (
    <span className="font-medium">
      <bdi>{name}</bdi>
      {you === null ? null : <span className="ms-2 font-normal text-aside">{you}</span>}
    </span>
  );
}
