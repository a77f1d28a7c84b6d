import { getFormatter, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { When } from '../../components/when.tsx';
import { WhoText } from './approval-terms.tsx';
import type { ShownApproval } from './loaders.ts';

/** What happens, and has happened, while nobody decides: reminders, further people, and the end. */
export async function IfUnanswered({ approval }: { approval: ShownApproval }) {
  const t = await getTranslations('Approval');
  const format = await getFormatter();
  const { reminders, remindedAt, escalation, escalatedAt, expiresAt } = approval;
  return (
    <section>
      <h3 className="text-13 font-medium">{t('ifNobody')}</h3>
      <ul className="mt-1.5 flex flex-col gap-1 text-13 text-explain">
        {reminders === 0 ? null : (
          <Line>
            {t('reminded', { count: reminders })}
            {remindedAt === null ? null : (
              <>
                {' · '}
                <When at={remindedAt} />
              </>
            )}
          </Line>
        )}
        {escalation === null ? null : (
          <Line>
            {t(escalatedAt === null ? 'willAsk' : 'asksToo')} <WhoText {...escalation} />
            {escalatedAt === null ? null : (
              <>
                {' · '}
                <When at={escalatedAt} />
              </>
            )}
          </Line>
        )}
        <Line>{t('unanswered', { when: format.relativeTime(new Date(expiresAt)) })}</Line>
      </ul>
    </section>
  );
}

function Line({ children }: { children: ReactNode }) {
  return (
    <li className="flex gap-2">
      <span aria-hidden="true" className="mt-2 h-px w-3 shrink-0 bg-line" />
      <span className="min-w-0">{children}</span>
    </li>
  );
}
