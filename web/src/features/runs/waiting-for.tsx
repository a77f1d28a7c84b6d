import { getTranslations } from 'next-intl/server';
import { buttonLook } from '../../components/button.tsx';
import { ClassBadge } from '../../components/class-badge.tsx';
import { Link } from '../../i18n/navigation.ts';
import { progressOf } from '../approvals/approval-progress.ts';
import type { WaitingApproval } from './loaders.ts';

const SHOWN = 4;

/** The people that a run waits for, with the way to decide. */
export async function WaitingFor({ approvals, hasMore }: { approvals: WaitingApproval[]; hasMore: boolean }) {
  const t = await getTranslations('RunPage');
  const words = await getTranslations('Approval');
  if (approvals.length === 0) return null;
  const progressIn = (approval: WaitingApproval): string => {
    const { given, needed } = progressOf(approval);
    return words('progress', { given, needed });
  };
  const mine = approvals.filter(({ canDecide }) => canDecide).length;
  return (
    <section aria-labelledby="waiting-for" className="mb-5 rounded-2 border border-wait/50 bg-ink-1 p-4">
      <h2 id="waiting-for" className="font-semibold">
        {mine > 0 ? t('waitsForYou', { count: mine }) : t('waitsForOthers', { count: approvals.length })}
      </h2>
      <ul className="mt-3 flex flex-col gap-2">
        {approvals.slice(0, SHOWN).map((approval, i) => (
          <li key={approval.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            <span className="min-w-0">
              <bdi className="font-medium">{approval.title}</bdi>
              <span className="block text-12 text-aside">{progressIn(approval)}</span>
            </span>
            <span className="flex items-center gap-3">
              <ClassBadge grade={approval.class} />
              <Link
                href={`/approvals?open=${approval.id}`}
                className={buttonLook(approval.canDecide && i === 0 ? 'main' : 'plain')}
              >
                {t(approval.canDecide ? 'decide' : 'look')}
              </Link>
            </span>
          </li>
        ))}
      </ul>
      {approvals.length > SHOWN || hasMore ? (
        <Link
          href="/approvals?view=all"
          className="mt-3 inline-block text-13 text-thread underline underline-offset-4"
        >
          {t('allApprovals')}
        </Link>
      ) : null}
    </section>
  );
}
