'use client';

import { useTranslations } from 'next-intl';
import { useProblemText } from '../../components/problem-text.ts';
import { StateShape } from '../../components/state-shape.tsx';
import { When } from '../../components/when.tsx';
import { Link } from '../../i18n/navigation.ts';
import type { Outcome } from './actions.ts';
import type { TogetherRequest } from './together-request.ts';

/** What came of each request that was decided together. */
export function OutcomeList({ requests, outcomes }: { requests: TogetherRequest[]; outcomes: Outcome[] }) {
  const t = useTranslations('Together');
  const byId = new Map(outcomes.map((outcome) => [outcome.approvalId, outcome]));
  const refused = outcomes.filter(({ reason }) => reason !== null).length;
  return (
    <section
      aria-labelledby="outcome-title"
      className="flex animate-appear flex-col gap-3 rounded-2 border border-line bg-ink-1 p-4 md:p-5"
    >
      <div role="status">
        <h2 id="outcome-title" className="text-16 font-semibold">
          {t('noted', { count: outcomes.length - refused })}
        </h2>
        {refused === 0 ? null : <p className="text-13 text-fail">{t('refused', { count: refused })}</p>}
      </div>
      <ul className="divide-y divide-line-soft rounded-1 border border-line-soft">
        {requests.map((request) => (
          <li key={request.id} className="px-3 py-2 text-13">
            <Link href={`/runs/${request.runId}`} className="text-thread underline underline-offset-4">
              <bdi>{request.workflowName}</bdi>
            </Link>
            <span className="ms-2 text-12 text-aside">
              <When at={request.requestedAt} />
            </span>
            <OutcomeText outcome={byId.get(request.id)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function OutcomeText({ outcome }: { outcome: Outcome | undefined }) {
  const t = useTranslations('Together');
  const text = useProblemText();
  if (outcome === undefined || outcome.reason !== null || outcome.approval === null) {
    const { reason = 'unknown', message = '' } = outcome ?? {};
    const problem = { code: 'CONFLICT', requestId: null, field: null } as const;
    return (
      <span className="flex items-center gap-2 text-fail">
        <StateShape tone="fail" />
        {text({ ...problem, reason: reason ?? 'unknown', message: message ?? '' })}
      </span>
    );
  }
  const { status } = outcome.approval;
  const tone = status === 'APPROVED' ? 'ok' : status === 'DENIED' ? 'fail' : 'wait';
  return (
    <span className="flex items-center gap-2 text-explain">
      <StateShape tone={tone} />
      {t(`outcome.${status}`)}
    </span>
  );
}
