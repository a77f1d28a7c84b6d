import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { ClassBadge } from '../../components/class-badge.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { RUN_STATUSES, RUN_TONES } from '../runs/run-states.ts';
import { CodeBlock } from './code-block.tsx';
import { PageHead } from './page-head.tsx';
import { PublicFrame, SIDES } from './public-frame.tsx';
import { BY_COMMAND } from './samples.ts';

const KINDS = [
  ...(['http', 'postgres', 'email', 'transform', 'branch', 'parallel', 'forEach'] as const),
  ...(['while', 'try', 'wait', 'approval', 'callWorkflow', 'respond', 'fail'] as const),
];

/** What the product does today, and what it does not. */
export async function ProductPage() {
  const t = await getTranslations('PublicProduct');
  return (
    <PublicFrame path="/product">
      <PageHead title={t('headline')} lead={t('lead')} />
      <div className={`${SIDES} flex flex-col`}>
        <Part title={t('build.title')} text={t('build.text')}>
          <Kinds />
        </Part>
        <Part title={t('start.title')} text={t('start.text')}>
          <Starts />
        </Part>
        <Part title={t('decide.title')} text={t('decide.text')}>
          <Classes />
        </Part>
        <Part title={t('know.title')} text={t('know.text')}>
          <States />
        </Part>
        <Part title={t('repair.title')} text={t('repair.text')} />
        <Part title={t('program.title')} text={t('program.text')}>
          <CodeBlock code={BY_COMMAND} label={t('program.label')} />
        </Part>
        <Part title={t('limits.title')} text={t('limits.text')} />
      </div>
    </PublicFrame>
  );
}

function Part({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <section className="grid items-start gap-x-16 gap-y-6 border-t border-line-soft py-10 lg:grid-cols-2">
      <div>
        <h2 className="text-21 font-semibold tracking-tight">{title}</h2>
        <p className="mt-2 max-w-prose text-explain">{text}</p>
      </div>
      {children}
    </section>
  );
}

async function Kinds() {
  const t = await getTranslations('StepKinds');
  return (
    <ul className="flex flex-wrap gap-2">
      {KINDS.map((kind) => (
        <li key={kind} className="rounded-1 border border-line bg-ink-1 px-2.5 py-1 text-14">
          {t(kind)}
        </li>
      ))}
    </ul>
  );
}

async function Starts() {
  const t = await getTranslations('PublicProduct.start');
  return (
    <ul className="flex flex-col gap-2 text-14">
      {(['hand', 'schedule', 'webhook', 'run', 'program'] as const).map((way) => (
        <li key={way} className="flex items-center gap-3">
          <span aria-hidden="true" className="h-px w-8 shrink-0 bg-thread" />
          {t(`ways.${way}`)}
        </li>
      ))}
    </ul>
  );
}

async function Classes() {
  const t = await getTranslations('ApprovalClasses');
  return (
    <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-3 text-14">
      {(['A', 'B', 'C'] as const).map((grade) => (
        <div key={grade} className="contents">
          <dt>
            <ClassBadge grade={grade} />
          </dt>
          <dd>{t(`${grade}.meaning`)}</dd>
        </div>
      ))}
    </dl>
  );
}

async function States() {
  const t = await getTranslations('RunStatus');
  return (
    <ul className="flex flex-wrap gap-2">
      {RUN_STATUSES.map((status) => (
        <li key={status}>
          <StateBadge tone={RUN_TONES[status]} word={t(status)} />
        </li>
      ))}
    </ul>
  );
}
