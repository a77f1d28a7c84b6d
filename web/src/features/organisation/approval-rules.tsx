import { getFormatter, getTranslations } from 'next-intl/server';
import {
  DECIDING_ROLES,
  EXPIRY_SECONDS,
  MOST_REMINDERS,
} from '../../../../workflows/approvals/approval-terms.ts';
import { APPROVAL_CLASSES } from '../../../../workflows/approvals/model.ts';
import { ClassBadge } from '../../components/class-badge.tsx';
import { Facts } from '../../components/facts.tsx';

const DAY = 86_400;

/** The rules by which the platform asks for approvals. They are the same for everybody and cannot be loosened. */
export async function ApprovalRules({ isLaunched }: { isLaunched: boolean }) {
  const t = await getTranslations('Organisation');
  const classes = await getTranslations('ApprovalClasses');
  const roles = await getTranslations('Roles');
  const format = await getFormatter();
  const deciders = format.list(
    DECIDING_ROLES.map((role) => roles(role)),
    { type: 'disjunction' },
  );
  const days = { usual: EXPIRY_SECONDS.usual / DAY, most: EXPIRY_SECONDS.most / DAY };
  return (
    <section aria-labelledby="rules">
      <h2 id="rules" className="text-16 font-semibold">
        {t('rules')}
      </h2>
      <p className="mt-1 mb-3 max-w-prose text-13 text-explain">{t('rulesText')}</p>
      <Facts
        facts={[
          ...APPROVAL_CLASSES.map((grade): [string, React.ReactNode] => [
            classes(`${grade}.name`),
            <span key={grade} className="flex flex-wrap items-center gap-2">
              <ClassBadge grade={grade} />
              {grade === 'A' && !isLaunched ? t('notYet') : classes(`${grade}.meaning`)}
            </span>,
          ]),
          [t('deciders'), deciders],
          [t('expiry'), t('expiryText', days)],
          [t('reminders'), t('remindersText', { count: MOST_REMINDERS })],
        ]}
      />
    </section>
  );
}
