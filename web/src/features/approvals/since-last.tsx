import { getTranslations } from 'next-intl/server';
import { When } from '../../components/when.tsx';
import { loadLastApproved, type ShownApproval } from './loaders.ts';
import { isComparable, planChanges, type PlanChange } from './plan-diff.ts';

/** What is different since the same step was approved last. Nothing where there is nothing to compare with. */
export async function SinceLast({ approval }: { approval: ShownApproval }) {
  const t = await getTranslations('Approval');
  if (!isComparable(approval.path)) return null;
  const last = await loadLastApproved(approval);
  if (last === null) return null;
  const changes = planChanges(last, approval);
  return (
    <section>
      <h3 className="text-13 font-medium">
        {t('sinceLast')} · <When at={last.closedAt ?? last.requestedAt} />
      </h3>
      {changes.length === 0 ? (
        <p className="mt-1 text-13 text-explain">{t('nothingNew')}</p>
      ) : (
        <ul className="mt-1.5 flex flex-col gap-1 text-13">
          {changes.map((change, i) => (
            <ChangeLine key={i} change={change} />
          ))}
        </ul>
      )}
    </section>
  );
}

async function ChangeLine({ change: { what, name, before, after } }: { change: PlanChange }) {
  const t = await getTranslations('Approval');
  const title = what === 'fact' ? name || t('details') : t(what === 'version' ? 'itsVersion' : 'itsAction');
  return (
    <li className="grid grid-cols-[minmax(5rem,auto)_1fr] gap-x-4">
      <bdi className="text-aside">{title}</bdi>
      <span className="min-w-0 break-words">
        {before === null ? null : (
          <del className="me-2 text-explain">
            <span className="sr-only">{t('was')} </span>
            <bdi>{before}</bdi>
          </del>
        )}
        {after === null ? (
          <span className="text-aside">{t('noLonger')}</span>
        ) : (
          <ins className="font-medium no-underline">
            <span className={before === null ? '' : 'sr-only'}>{t(before === null ? 'isNew' : 'is')} </span>
            <bdi>{after}</bdi>
          </ins>
        )}
      </span>
    </li>
  );
}
