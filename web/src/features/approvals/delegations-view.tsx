import { getNow, getTranslations } from 'next-intl/server';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { NextPage } from '../../components/next-page.tsx';
import { Note } from '../../components/note.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { StackTable } from '../../components/stack-table.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { When } from '../../components/when.tsx';
import { Link } from '../../i18n/navigation.ts';
import { textIn, withQuery, type SearchParams } from '../../lib/search-params.ts';
import { DelegateForm } from './delegate-form.tsx';
import { loadDelegations, type Delegation } from './delegation-loader.ts';
import { canEnd, DELEGATION_TONES, delegationState } from './delegation-state.ts';
import { EndDelegation } from './end-delegation.tsx';

const PLACE = '/approvals/delegations';

/** Who decides approvals for whom: what the person gave, what was given to them, and what is between others. */
export async function DelegationsView({ params }: { params: SearchParams }) {
  const t = await getTranslations('Delegations');
  const approvals = await getTranslations('Approvals');
  const after = textIn(params, 'after');
  const { data, problem } = await loadDelegations(after);
  if (problem !== null) return <ErrorState problem={problem} />;
  const { viewer, approvalDelegations, members } = data;
  const { edges, pageInfo } = approvalDelegations;
  const me = viewer.person?.id ?? null;
  const may = new Set(viewer.permissions);
  const all = edges.map(({ node }) => node);
  const given = all.filter(({ from }) => from !== null && from.id === me);
  const got = all.filter(({ to }) => to !== null && to.id === me);
  const others = all.filter((one) => !given.includes(one) && !got.includes(one));
  const people = members.edges.map(({ node }) => node.person).filter(({ id }) => id !== me);
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead')}
        above={<Link href="/approvals">{approvals('title')}</Link>}
      >
        {may.has('approvals.decide') && people.length > 0 ? <DelegateForm people={people} /> : null}
      </PageHeader>
      {may.has('approvals.decide') ? null : <Note>{t('cannotGive')}</Note>}
      <div className="flex flex-col gap-8">
        <Section title={t('given')} none={t('givenNone')} delegations={given} canEndAny />
        <Section title={t('got')} none={t('gotNone')} delegations={got} canEndAny isMine />
        {others.length === 0 ? null : (
          <Section
            title={t('others')}
            none={t('givenNone')}
            delegations={others}
            canEndAny={may.has('members.write')}
          />
        )}
      </div>
      <NextPage
        next={pageInfo.hasNextPage ? withQuery(PLACE, { after: pageInfo.endCursor ?? undefined }) : null}
        first={after === undefined ? null : PLACE}
        words={{ next: approvals('older'), first: approvals('newest'), label: approvals('pages') }}
      />
    </>
  );
}

interface SectionProps {
  title: string;
  none: string;
  delegations: Delegation[];
  /** Whether the person who looks may end these. */
  canEndAny: boolean;
  isMine?: boolean;
}

async function Section({ title, none, delegations, canEndAny, isMine = false }: SectionProps) {
  const t = await getTranslations('Delegations');
  const now = (await getNow()).getTime();
  const nobody = t('gone');
  return (
    <section>
      <h2 className="mb-3 text-16 font-semibold">{title}</h2>
      {delegations.length === 0 ? (
        <EmptyState title={none} text={t(isMine ? 'gotNoneText' : 'givenNoneText')} />
      ) : (
        <StackTable
          label={title}
          head={[t('state'), t('of'), t('to'), t('from'), t('until'), t('reason'), '']}
          rows={delegations.map((one) => {
            const state = delegationState(one, now);
            const [from, to] = [one.from?.name ?? nobody, one.to?.name ?? nobody];
            return {
              key: one.id,
              cells: [
                <StateBadge key="state" tone={DELEGATION_TONES[state]} word={t(`states.${state}`)} isBare />,
                <bdi key="of">{from}</bdi>,
                <bdi key="to">{to}</bdi>,
                <When key="from" at={one.startsAt} />,
                <When key="until" at={one.revokedAt ?? one.endsAt} />,
                <bdi key="reason" className="text-explain">
                  {one.reason}
                </bdi>,
                canEndAny && canEnd(state) ? (
                  <EndDelegation key="end" id={one.id} from={from} to={to} isMine={isMine} />
                ) : null,
              ],
            };
          })}
        />
      )}
    </section>
  );
}
