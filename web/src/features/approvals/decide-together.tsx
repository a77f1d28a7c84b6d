'use client';

import { useTranslations } from 'next-intl';
import { useState, type ReactNode } from 'react';
import { ClassBadge } from '../../components/class-badge.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Note } from '../../components/note.tsx';
import { When } from '../../components/when.tsx';
import { Link } from '../../i18n/navigation.ts';
import { decideTogether, type Outcome } from './actions.ts';
import { DecideDialog } from './decide-dialog.tsx';
import { DecisionPair } from './decision-pair.tsx';
import { OutcomeList } from './outcome-list.tsx';
import type { TogetherRequest } from './together-request.ts';
import type { Decision } from './use-decision-keys.ts';

interface DecideTogetherProps {
  contentHash: string;
  requests: TogetherRequest[];
  /** What all of them ask for; null when none is left. */
  about: { title: string; grade: 'A' | 'B' | 'C'; hasForm: boolean } | null;
  /** That there are more than these. */
  more: string | null;
  signedAs: string | null;
  /** The one plan. */
  children: ReactNode;
}

/** Decides all requests with one plan at once, then tells what came of each: the list stays when nothing waits any more. */
export function DecideTogether(props: DecideTogetherProps) {
  const t = useTranslations('Together');
  const [done, setDone] = useState<{ requests: TogetherRequest[]; outcomes: Outcome[] } | null>(null);
  if (done !== null) return <OutcomeList {...done} />;
  if (props.about === null) return <EmptyState title={t('none')} text={t('noneText')} />;
  return <Question {...props} about={props.about} onDone={setDone} />;
}

type QuestionProps = DecideTogetherProps & {
  about: NonNullable<DecideTogetherProps['about']>;
  onDone: (done: { requests: TogetherRequest[]; outcomes: Outcome[] }) => void;
};

function Question({ about, requests, more, signedAs, contentHash, children, onDone }: QuestionProps) {
  const t = useTranslations('Together');
  const words = useTranslations('Approval');
  const [asked, setAsked] = useState<Decision | null>(null);
  const count = requests.length;
  const decide = async (decision: Decision, { reason }: { reason: string }) => {
    const approvalIds = requests.map(({ id }) => id);
    const said = { contentHash, decision, reason: reason.trim() || null };
    const { data, problem } = await decideTogether({
      ...{ approvalIds, idempotencyKey: crypto.randomUUID() },
      ...said,
    });
    if (problem === null) onDone({ requests, outcomes: data });
    return problem;
  };
  const submit = (decision: Decision) => t(decision === 'APPROVE' ? 'approve' : 'deny', { count });
  return (
    <article
      aria-labelledby="together-title"
      className="flex animate-appear flex-col gap-4 rounded-2 border border-line bg-ink-1 p-4 md:p-5"
    >
      <header className="flex flex-col gap-2">
        <div className="flex flex-wrap items-center gap-2">
          <ClassBadge grade={about.grade} />
          <span className="text-13 text-explain">{t('count', { count })}</span>
        </div>
        <h2 id="together-title" className="text-16 font-semibold break-words">
          <bdi>{about.title}</bdi>
        </h2>
        <p className="text-13 text-explain">{t('lead')}</p>
      </header>
      {children}
      <section>
        <h3 className="text-13 font-medium">{t('each')}</h3>
        <ul className="mt-1.5 max-h-80 divide-y divide-line-soft overflow-y-auto rounded-1 border border-line-soft">
          {requests.map((request) => (
            <RequestLine key={request.id} request={request} />
          ))}
        </ul>
        {more === null ? null : <p className="mt-1.5 text-12 text-aside">{more}</p>}
      </section>
      {about.hasForm ? <Note>{t('hasForm')}</Note> : null}
      <DecisionPair
        words={{ approve: submit('APPROVE'), deny: submit('DENY') }}
        canApprove={!about.hasForm}
        ask={setAsked}
      />
      {signedAs === null ? null : <p className="text-12 text-aside">{words('signed', { name: signedAs })}</p>}
      {asked === null || (asked === 'APPROVE' && about.hasForm) ? null : (
        <DecideDialog
          decision={asked}
          words={{
            title: t(asked === 'APPROVE' ? 'approveTitle' : 'denyTitle', { count }),
            description: about.title,
            submit: submit(asked),
          }}
          needsReason={about.grade === 'C'}
          form={null}
          act={(said) => decide(asked, said)}
          onClose={() => setAsked(null)}
        />
      )}
    </article>
  );
}

function RequestLine({ request }: { request: TogetherRequest }) {
  const t = useTranslations('Together');
  const { runId, workflowName, requester, requestedAt, expiresAt } = request;
  return (
    <li className="px-3 py-2 text-13">
      <Link href={`/runs/${runId}`} className="text-thread underline underline-offset-4">
        <bdi>{workflowName}</bdi>
      </Link>
      <span className="block text-12 text-aside">
        {requester === null ? t('askedByNobody') : t.rich('askedBy', { name: requester, b: isolated })}
        {' · '}
        <When at={requestedAt} />
        {' · '}
        {t('ends')} <When at={expiresAt} />
      </span>
    </li>
  );
}

const isolated = (chunks: ReactNode) => <bdi>{chunks}</bdi>;
