import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { buttonLook } from '../../components/button.tsx';
import { webConfig } from '../../lib/config.ts';
import { CodeBlock } from './code-block.tsx';
import { PageHead } from './page-head.tsx';
import { PublicFrame, SIDES } from './public-frame.tsx';
import { BY_COMMAND, INSTALL, listWorkflows, startRun, TAKE_KEY } from './samples.ts';

/** From nothing to the first run, by the pages, by program and by the command line. */
export async function DocsPage() {
  const t = await getTranslations('PublicDocs');
  return (
    <PublicFrame path="/docs">
      <PageHead title={t('headline')} lead={t('lead')} />
      <div className={`${SIDES} flex flex-col`}>
        <Chapter title={t('install.title')} text={t('install.text')}>
          <CodeBlock code={INSTALL} label={t('install.label')} />
        </Chapter>
        <Chapter title={t('pages.title')} text={t('pages.text')} />
        <Chapter title={t('api.title')} text={t('api.text')}>
          <CodeBlock code={TAKE_KEY} label={t('api.key')} />
          <CodeBlock code={listWorkflows()} label={t('api.list')} />
          <CodeBlock code={startRun()} label={t('api.start')} />
          {webConfig().showsDeveloperPages ? (
            <a href="/graphiql" className={`${buttonLook('plain')} self-start`}>
              {t('api.try')}
            </a>
          ) : null}
        </Chapter>
        <Chapter title={t('command.title')} text={t('command.text')}>
          <CodeBlock code={BY_COMMAND} label={t('command.label')} />
        </Chapter>
        <Chapter title={t('more.title')} text={t('more.text')} />
      </div>
    </PublicFrame>
  );
}

function Chapter({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <section className="grid items-start gap-x-16 gap-y-5 border-t border-line-soft py-10 lg:grid-cols-[1fr_2fr]">
      <div>
        <h2 className="text-21 font-semibold tracking-tight">{title}</h2>
        <p className="mt-2 max-w-prose text-explain">{text}</p>
      </div>
      {children === undefined ? null : <div className="flex min-w-0 flex-col gap-5">{children}</div>}
    </section>
  );
}
