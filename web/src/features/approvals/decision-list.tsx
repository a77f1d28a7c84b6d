import { getTranslations } from 'next-intl/server';
import { StateShape } from '../../components/state-shape.tsx';
import { When } from '../../components/when.tsx';
import type { ShownApproval } from './loaders.ts';

/** Who has decided, how and why. */
export async function DecisionList({ decisions }: { decisions: ShownApproval['decisions'] }) {
  const t = await getTranslations('Approval');
  if (decisions.length === 0) return null;
  return (
    <section>
      <h3 className="text-13 font-medium">{t('decided')}</h3>
      <ul className="mt-1.5 flex flex-col gap-2 text-13">
        {decisions.map(({ decision, person, personEmail, decidedAt, reason, onBehalfOfEmail }) => (
          <li key={personEmail} className="flex gap-2">
            <span className={decision === 'APPROVE' ? 'pt-1.5 text-ok' : 'pt-1.5 text-fail'}>
              <StateShape tone={decision === 'APPROVE' ? 'ok' : 'fail'} />
            </span>
            <span className="min-w-0">
              <bdi className="font-medium">{person?.name ?? personEmail}</bdi>{' '}
              {t(decision === 'APPROVE' ? 'approvedIt' : 'deniedIt')} · <When at={decidedAt} />
              {onBehalfOfEmail === null ? null : (
                <span className="block text-12 text-aside">
                  {t('onBehalfOf', { email: onBehalfOfEmail })}
                </span>
              )}
              {reason === null ? null : <bdi className="block break-words text-explain">{reason}</bdi>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
