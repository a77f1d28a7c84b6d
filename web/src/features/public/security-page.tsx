import { getTranslations } from 'next-intl/server';
import { CodeBlock } from './code-block.tsx';
import { PageHead } from './page-head.tsx';
import { PublicFrame, SIDES } from './public-frame.tsx';

const FACTS = [
  ...(['tenants', 'approvals', 'audit', 'people', 'keys'] as const),
  ...(['secrets', 'egress', 'browser', 'expressions'] as const),
];
const CHECKS = ['npm test', 'npm run test:chaos', 'npm run test:e2e', 'npx levqor audit --verify'].join('\n');

/** What keeps it safe today, how to check it, and what is not claimed. */
export async function SecurityPage() {
  const t = await getTranslations('PublicSecurity');
  return (
    <PublicFrame path="/security">
      <PageHead title={t('headline')} lead={t('lead')} />
      <dl className={`${SIDES} grid gap-x-12 md:grid-cols-2 xl:grid-cols-3`}>
        {FACTS.map((fact) => (
          <div key={fact} className="border-t border-line-soft py-7">
            <dt className="text-21 font-semibold tracking-tight">{t(`${fact}.title`)}</dt>
            <dd className="mt-2 max-w-prose text-explain">{t(`${fact}.text`)}</dd>
          </div>
        ))}
      </dl>
      <section
        className={`${SIDES} mt-8 grid items-start gap-x-16 gap-y-6 border-t border-line-soft pt-10 lg:grid-cols-2`}
      >
        <div>
          <h2 className="text-21 font-semibold tracking-tight">{t('check.title')}</h2>
          <p className="mt-2 max-w-prose text-explain">{t('check.text')}</p>
        </div>
        <CodeBlock code={CHECKS} label={t('check.label')} />
        <div>
          <h2 className="text-21 font-semibold tracking-tight">{t('limits.title')}</h2>
          <p className="mt-2 max-w-prose text-explain">{t('limits.text')}</p>
        </div>
      </section>
    </PublicFrame>
  );
}
