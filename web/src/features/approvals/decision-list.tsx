import { getFormatter, getTranslations } from 'next-intl/server';
import { StateShape } from '../../components/state-shape.tsx';
import { When } from '../../components/when.tsx';
import type { Json } from '../../graphql/graphql.ts';
import type { FormField, ShownApproval } from './loaders.ts';
import { planFacts } from './plan-facts.ts';

type Decision = ShownApproval['decisions'][number];

interface DecisionListProps {
  decisions: Decision[];
  form: FormField[] | null;
}

/** Who has decided, how, in which role, and why. */
export async function DecisionList({ decisions, form }: DecisionListProps) {
  const t = await getTranslations('Approval');
  if (decisions.length === 0) return null;
  return (
    <section>
      <h3 className="text-13 font-medium">{t('decided')}</h3>
      <ul className="mt-1.5 flex flex-col gap-2 text-13">
        {decisions.map((decision) => (
          <li key={decision.personEmail} className="flex gap-2">
            <span className={decision.decision === 'APPROVE' ? 'pt-1.5 text-ok' : 'pt-1.5 text-fail'}>
              <StateShape tone={decision.decision === 'APPROVE' ? 'ok' : 'fail'} />
            </span>
            <DecisionText decision={decision} form={form ?? []} />
          </li>
        ))}
      </ul>
    </section>
  );
}

async function DecisionText({ decision: made, form }: { decision: Decision; form: FormField[] }) {
  const t = await getTranslations('Approval');
  const names = await getTranslations('Roles');
  const format = await getFormatter();
  const { person, personEmail, decidedAt, reason, onBehalfOfEmail, roles } = made;
  const labels = new Map(form.map(({ name, label }) => [name, label]));
  const shown = (value: Json) =>
    typeof value === 'boolean' ? t(value ? 'yes' : 'no') : planFacts(value)[0]?.text;
  return (
    <span className="min-w-0">
      <bdi className="font-medium">{person?.name ?? personEmail}</bdi>{' '}
      {t(made.decision === 'APPROVE' ? 'approvedIt' : 'deniedIt')} · <When at={decidedAt} />
      {roles.length === 0 ? null : (
        <span className="block text-12 text-aside">
          {t('inRole', {
            roles: format.list(
              roles.map((role) => names(role)),
              { type: 'disjunction' },
            ),
          })}
        </span>
      )}
      {onBehalfOfEmail === null ? null : (
        <span className="block text-12 text-aside">{t('onBehalfOf', { email: onBehalfOfEmail })}</span>
      )}
      {reason === null ? null : <bdi className="block break-words text-explain">{reason}</bdi>}
      {answersOf(made.answers).map(([name, value]) => (
        <span key={name} className="block break-words text-explain">
          <bdi>{labels.get(name) ?? name}</bdi>: <bdi>{shown(value)}</bdi>
        </span>
      ))}
    </span>
  );
}

function answersOf(answers: Json): [string, Json][] {
  return typeof answers === 'object' && answers !== null && !Array.isArray(answers)
    ? Object.entries(answers)
    : [];
}
