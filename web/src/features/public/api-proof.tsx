import { getTranslations } from 'next-intl/server';
import { buttonLook } from '../../components/button.tsx';
import { CodeBlock } from './code-block.tsx';
import { PublicLink } from './public-link.tsx';
import { SIDES } from './public-frame.tsx';
import { INSTALL, startRun } from './samples.ts';

/** The API in a few lines, and how to have all of it. */
export async function ApiProof() {
  const t = await getTranslations('PublicLanding');
  return (
    <section
      aria-labelledby="api"
      className={`${SIDES} grid items-start gap-x-16 gap-y-8 pt-24 lg:grid-cols-[1fr_2fr]`}
    >
      <div>
        <h2 id="api" className="text-28 font-semibold tracking-tight">
          {t('api.title')}
        </h2>
        <p className="mt-3 text-explain">{t('api.text')}</p>
      </div>
      <CodeBlock code={startRun()} label={t('api.label')} />
      <div>
        <h2 className="text-28 font-semibold tracking-tight">{t('own.title')}</h2>
        <p className="mt-3 mb-5 text-explain">{t('own.text')}</p>
        <PublicLink href="/docs" className={buttonLook('main', 'min-h-11 rounded-2 px-5 text-16')}>
          {t('own.read')}
        </PublicLink>
      </div>
      <CodeBlock code={INSTALL} label={t('own.label')} />
    </section>
  );
}
