import { getTranslations } from 'next-intl/server';
import { buttonLook } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { NextPage } from '../../components/next-page.tsx';
import { Link } from '../../i18n/navigation.ts';
import { oneIn, textIn, withQuery, type SearchParams } from '../../lib/search-params.ts';
import { loadViewer } from '../shell/viewer.ts';
import { AlikeGroups } from './alike-groups.tsx';
import { ApprovalDetail } from './approval-detail.tsx';
import { ApprovalList } from './approval-list.tsx';
import { progressOf } from './approval-progress.ts';
import { APPROVAL_VIEWS, loadApproval, loadApprovals, type ApprovalView } from './loaders.ts';
import { SamePlan } from './same-plan.tsx';

/** The requests of a view with the one that is open beside them. On narrow screens one of the two is shown. */
export async function ApprovalsInbox({ params }: { params: SearchParams }) {
  const t = await getTranslations('Approvals');
  const view = oneIn(params, 'view', APPROVAL_VIEWS) ?? 'mine';
  const after = textIn(params, 'after');
  const { data, problem } = await loadApprovals(view, after);
  if (problem !== null) return <ErrorState problem={problem} />;
  const { edges, pageInfo } = data.approvals;
  const opened: OpenedThing = { id: textIn(params, 'open') ?? null, same: textIn(params, 'same') ?? null };
  const isOpen = opened.id !== null || opened.same !== null;
  const approvals = edges.map(({ node }) => ({ ...node, progress: progressOf(node) }));
  return (
    <>
      <Views view={view} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
        <div className={isOpen ? 'max-lg:hidden' : ''}>
          {view === 'mine' ? <AlikeGroups approvals={approvals} openHash={opened.same} /> : null}
          {edges.length === 0 ? (
            <EmptyState title={t(`none.${view}`)} text={t(`noneText.${view}`)} />
          ) : (
            <ApprovalList approvals={approvals} view={view} openId={opened.id} />
          )}
          <NextPage
            next={
              pageInfo.hasNextPage
                ? withQuery('/approvals', { view, after: pageInfo.endCursor ?? undefined })
                : null
            }
            first={after === undefined ? null : withQuery('/approvals', { view })}
            words={{ next: t('older'), first: t('newest'), label: t('pages') }}
          />
        </div>
        <Opened opened={opened} view={view} isEmpty={edges.length === 0} />
      </div>
    </>
  );
}

/** What stands beside the list: one request, or all with one plan. */
interface OpenedThing {
  id: string | null;
  same: string | null;
}

async function Opened({
  opened: { id, same },
  view,
  isEmpty,
}: {
  opened: OpenedThing;
  view: ApprovalView;
  isEmpty: boolean;
}) {
  const t = await getTranslations('Approvals');
  if (id === null && same === null)
    return isEmpty ? null : (
      <p className="rounded-2 border border-dashed border-line p-8 text-center text-explain max-lg:hidden">
        {t('choose')}
      </p>
    );
  const { data } = await loadViewer();
  const signedAs = data?.viewer.person?.name ?? null;
  return (
    <div>
      <Link href={withQuery('/approvals', { view })} className={buttonLook('plain', 'mb-3 lg:hidden')}>
        {t('back')}
      </Link>
      {same !== null ? (
        <SamePlan contentHash={same} signedAs={signedAs} />
      ) : (
        <OneRequest id={id ?? ''} signedAs={signedAs} />
      )}
    </div>
  );
}

async function OneRequest({ id, signedAs }: { id: string; signedAs: string | null }) {
  const t = await getTranslations('Approvals');
  const { data, problem } = await loadApproval(id);
  if (problem !== null) return <ErrorState problem={problem} />;
  if (data.approval === null) return <EmptyState title={t('gone')} text={t('goneText')} />;
  return <ApprovalDetail key={id} approval={data.approval} signedAs={signedAs} />;
}

async function Views({ view }: { view: ApprovalView }) {
  const t = await getTranslations('Approvals');
  return (
    <nav aria-label={t('views')} className="mb-4 flex gap-1 border-b border-line-soft">
      {APPROVAL_VIEWS.map((one) => (
        <Link
          key={one}
          href={withQuery('/approvals', { view: one })}
          aria-current={one === view ? 'page' : undefined}
          className={classNames(
            '-mb-px border-b-2 px-2.5 py-1.5 text-13',
            one === view ? 'border-thread text-say' : 'border-transparent text-explain hover:text-say',
          )}
        >
          {t(`view.${one}`)}
        </Link>
      ))}
    </nav>
  );
}
