import { getTranslations } from 'next-intl/server';
import { buttonLook } from '../../components/button.tsx';
import { ClassBadge } from '../../components/class-badge.tsx';
import { JsonView } from '../../components/json-view.tsx';
import { useProblemText } from '../../components/problem-text.ts';
import { StateBadge } from '../../components/state-badge.tsx';
import { Link } from '../../i18n/navigation.ts';
import { withQuery } from '../../lib/search-params.ts';
import { APPROVAL_TONES } from './approval-tones.ts';
import { ApprovalTerms } from './approval-terms.tsx';
import { DecideButtons } from './decide-buttons.tsx';
import { DecisionList } from './decision-list.tsx';
import { IfUnanswered } from './if-unanswered.tsx';
import type { ShownApproval } from './loaders.ts';
import { PlanSummary } from './plan-summary.tsx';
import { SinceLast } from './since-last.tsx';

/** What a request asks for: what will happen, who may decide, until when, and what if nobody does. */
export async function ApprovalDetail({
  approval,
  signedAs,
}: {
  approval: ShownApproval;
  signedAs: string | null;
}) {
  const t = await getTranslations('Approval');
  const states = await getTranslations('ApprovalStatus');
  const { status, whyNot } = approval;
  return (
    <article
      aria-labelledby="approval-title"
      className="flex animate-appear flex-col gap-4 rounded-2 border border-line bg-ink-1 p-4 md:p-5"
    >
      <header className="flex flex-col gap-2">
        <div className="flex flex-wrap items-center gap-2">
          <StateBadge tone={APPROVAL_TONES[status]} word={states(status)} />
          <ClassBadge grade={approval.class} />
        </div>
        <h2 id="approval-title" className="text-16 font-semibold break-words">
          <bdi>{approval.title}</bdi>
        </h2>
        <p className="text-13 text-explain">{t(`meaning.${approval.class}`)}</p>
      </header>
      <PlanSummary details={approval.details} plan={approval.plan} />
      <SinceLast approval={approval} />
      <ApprovalTerms approval={approval} />
      {status === 'PENDING' ? <IfUnanswered approval={approval} /> : null}
      <DecisionList decisions={approval.decisions} form={approval.form} />
      <details className="text-13">
        <summary className="cursor-pointer text-explain hover:text-say">{t('exactPlan')}</summary>
        <p className="mt-2 text-12 text-aside">
          {t('hash')} <code className="font-mono break-all">{approval.planHash}</code>
        </p>
        <div className="mt-2">
          <JsonView value={approval.plan} label={t('exactPlan')} cut={t('cut')} />
        </div>
      </details>
      {approval.canDecide ? (
        <>
          <DecideButtons approval={approval} />
          <DecideAll approval={approval} />
          {signedAs === null ? null : <p className="text-12 text-aside">{t('signed', { name: signedAs })}</p>}
        </>
      ) : status === 'PENDING' && whyNot !== null ? (
        <WhyNot {...whyNot} />
      ) : null}
    </article>
  );
}

/** What keeps the person from deciding, in their language. */
function WhyNot({ reason, message }: { reason: string; message: string }) {
  const text = useProblemText();
  return (
    <p className="rounded-1 border border-line px-3 py-2 text-13 text-explain">
      {text({ code: 'FORBIDDEN', requestId: null, field: null, reason, message })}
    </p>
  );
}

/** The way to all requests with the same plan, where there are more. */
async function DecideAll({ approval: { identicalPending, contentHash } }: { approval: ShownApproval }) {
  const t = await getTranslations('Approval');
  if (identicalPending < 2 || contentHash === null) return null;
  return (
    <Link
      href={withQuery('/approvals', { view: 'mine', same: contentHash })}
      scroll={false}
      className={buttonLook('plain', 'min-h-10')}
    >
      {t('decideAll', { count: identicalPending })}
    </Link>
  );
}
