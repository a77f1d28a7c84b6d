import { getTranslations } from 'next-intl/server';
import { ClassBadge } from '../../components/class-badge.tsx';
import { JsonView } from '../../components/json-view.tsx';
import type { Json } from '../../graphql/graphql.ts';
import { actionParts } from './action-parts.ts';
import { guardedActions, planFacts, type GuardedAction } from './plan-facts.ts';

const COLUMNS = 'grid-cols-[minmax(5rem,auto)_1fr] gap-x-4';

/** What will happen: the facts that the workflow gives, and each action behind the gate. */
export async function PlanSummary({ details, plan }: { details: Json; plan: Json }) {
  const t = await getTranslations('Approval');
  const actions = guardedActions(plan);
  const facts = planFacts(details);
  return (
    <section className="rounded-1 border border-line-soft bg-ink-0 p-3 text-13">
      {facts.length === 0 ? null : (
        <dl className={`grid gap-y-1.5 ${COLUMNS}`}>
          {facts.map(({ name, text, value }) => (
            <div key={name} className="col-span-2 grid grid-cols-subgrid">
              <dt className="text-aside">{name || t('details')}</dt>
              <dd className="min-w-0 break-words tabular-nums">
                {typeof value === 'boolean' ? (
                  t(value ? 'yes' : 'no')
                ) : text === null ? (
                  <JsonView value={value} label={name} cut={t('cut')} />
                ) : (
                  <bdi>{text}</bdi>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {actions.length === 0 ? null : (
        <>
          <h3 className={facts.length === 0 ? 'font-medium' : 'mt-3 font-medium'}>{t('letsHappen')}</h3>
          <ul className="mt-1.5 flex flex-col gap-1.5">
            {actions.map((action, i) => (
              <ActionLine key={i} action={action} />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

async function ActionLine({ action }: { action: GuardedAction }) {
  const kinds = await getTranslations('StepKinds');
  const { kind, grade } = action;
  return (
    <li className={`grid ${COLUMNS}`}>
      <span className="text-aside">{kinds.has(kind as never) ? kinds(kind as never) : kind}</span>
      <span className="flex min-w-0 items-start justify-between gap-3">
        <span className="min-w-0 break-words">{await actionText(action)}</span>
        {grade === null ? null : <ClassBadge grade={grade} />}
      </span>
    </li>
  );
}

async function actionText(action: GuardedAction) {
  const t = await getTranslations('Approval');
  const parts = actionParts(action);
  const code = (chunks: React.ReactNode) => (
    <bdi dir="ltr" className="font-mono text-12">
      {chunks}
    </bdi>
  );
  switch (parts?.say) {
    case 'mail':
      return t.rich('actions.mail', { to: parts.to, code });
    case 'write':
      return t.rich('actions.write', { connection: parts.connection, sql: parts.sql, code });
    case 'call':
      return t.rich('actions.call', {
        ...{ method: parts.method, path: parts.path, connection: parts.connection },
        code,
      });
    case undefined:
      return <bdi>{action.summary}</bdi>;
  }
}
