import { getFormatter, getTranslations } from 'next-intl/server';
import { ClassBadge } from '../../components/class-badge.tsx';
import { JsonView } from '../../components/json-view.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { When } from '../../components/when.tsx';
import { Link } from '../../i18n/navigation.ts';
import { APPROVAL_TONES } from './approval-tones.ts';
import { DecideButtons } from './decide-buttons.tsx';
import { DecisionList } from './decision-list.tsx';
import type { ShownApproval } from './loaders.ts';
import { guardedActions, planFacts } from './plan-facts.ts';

/** What a request asks for: what will happen, who may decide, and until when. */
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
      <WillHappen approval={approval} />
      <Terms approval={approval} />
      <DecisionList decisions={approval.decisions} />
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
          {signedAs === null ? null : <p className="text-12 text-aside">{t('signed', { name: signedAs })}</p>}
        </>
      ) : status === 'PENDING' && whyNot !== null ? (
        <p className="rounded-1 border border-line px-3 py-2 text-13 text-explain">{whyNot.message}</p>
      ) : null}
    </article>
  );
}

async function WillHappen({ approval }: { approval: ShownApproval }) {
  const t = await getTranslations('Approval');
  const kinds = await getTranslations('StepKinds');
  const actions = guardedActions(approval.plan);
  const facts = planFacts(approval.details);
  return (
    <section className="rounded-1 border border-line-soft bg-ink-0 p-3 text-13">
      {facts.length === 0 ? null : (
        <dl className="grid grid-cols-[minmax(5rem,auto)_1fr] gap-x-4 gap-y-1.5">
          {facts.map(({ name, text, value }) => (
            <div key={name} className="col-span-2 grid grid-cols-subgrid">
              <dt className="text-aside">{name || t('details')}</dt>
              <dd className="min-w-0 break-words tabular-nums">
                {text === null ? <JsonView value={value} label={name} cut={t('cut')} /> : <bdi>{text}</bdi>}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {actions.length === 0 ? null : (
        <>
          <h3 className={facts.length === 0 ? 'font-medium' : 'mt-3 font-medium'}>{t('letsHappen')}</h3>
          <ul className="mt-1.5 flex flex-col gap-1">
            {actions.map(({ kind, summary }, i) => (
              <li key={i} className="grid grid-cols-[minmax(5rem,auto)_1fr] gap-x-4">
                <span className="text-aside">{kinds.has(kind as never) ? kinds(kind as never) : kind}</span>
                <bdi className="min-w-0 break-words">{summary}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

async function Terms({ approval }: { approval: ShownApproval }) {
  const t = await getTranslations('Approval');
  const roles = await getTranslations('Roles');
  const format = await getFormatter();
  const who = [...approval.approvers.roles.map((role) => roles(role)), ...approval.approvers.people];
  return (
    <dl className="grid grid-cols-[minmax(6rem,auto)_1fr] gap-x-4 gap-y-1.5 text-13 [&_dt]:text-aside">
      <dt>{t('askedBy')}</dt>
      <dd>{approval.requester === null ? t('nobody') : <bdi>{approval.requester.name}</bdi>}</dd>
      <dt>{t('needs')}</dt>
      <dd>
        {t('people', { count: approval.quorum })}: {format.list(who, { type: 'disjunction' })}
      </dd>
      <dt>{t('asked')}</dt>
      <dd>
        <When at={approval.requestedAt} />
      </dd>
      <dt>{t(approval.status === 'PENDING' ? 'ends' : 'ended')}</dt>
      <dd>
        <When at={approval.closedAt ?? approval.expiresAt} />
        {approval.status === 'PENDING' ? (
          <span className="block text-12 text-aside">
            {t('unanswered', { when: format.relativeTime(new Date(approval.expiresAt)) })}
          </span>
        ) : null}
      </dd>
      <dt>{t('run')}</dt>
      <dd>
        <Link href={`/runs/${approval.run.id}`} className="text-thread underline underline-offset-4">
          <bdi>{approval.run.workflowName}</bdi>
        </Link>
      </dd>
      {approval.identicalPending > 1 ? (
        <>
          <dt>{t('alike')}</dt>
          <dd>{t('alikeCount', { count: approval.identicalPending - 1 })}</dd>
        </>
      ) : null}
    </dl>
  );
}
