import {
  Database,
  FileQuestion,
  GitFork,
  Globe,
  Hourglass,
  Mail,
  OctagonX,
  Repeat,
  Reply,
  ShieldCheck,
  Shuffle,
  Split,
  Workflow,
  type LucideIcon,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { OutlineGroup, OutlineStep } from './flow-outline.ts';

const ICONS: Record<string, LucideIcon> = {
  approval: ShieldCheck,
  branch: Split,
  callWorkflow: Workflow,
  email: Mail,
  fail: OctagonX,
  forEach: Repeat,
  http: Globe,
  parallel: GitFork,
  postgres: Database,
  respond: Reply,
  transform: Shuffle,
  try: ShieldCheck,
  wait: Hourglass,
  while: Repeat,
};

/** The steps of a workflow on their thread: a list of lists, so that it can be read aloud as well. */
export function FlowGraph({ steps, faulty }: { steps: OutlineStep[]; faulty: ReadonlySet<string> }) {
  return (
    <ol className="flex flex-col">
      {steps.map((step, i) => (
        <li key={`${step.id} ${i}`} className="flex flex-col">
          {i === 0 ? null : <Thread />}
          <StepCard step={step} hasFault={faulty.has(step.id)} />
          {step.groups.length === 0 ? null : (
            <>
              <Thread />
              <div className="ms-6 flex flex-wrap items-start gap-3">
                {step.groups.map((group, n) => (
                  <Group key={`${group.kind} ${n}`} group={group} faulty={faulty} />
                ))}
              </div>
            </>
          )}
        </li>
      ))}
    </ol>
  );
}

function Thread() {
  return <span aria-hidden="true" className="ms-6 h-4 w-0.5 bg-thread" />;
}

function StepCard({ step, hasFault }: { step: OutlineStep; hasFault: boolean }) {
  const t = useTranslations('Workflow');
  const kinds = useTranslations('StepKinds');
  const Icon = ICONS[step.kind] ?? FileQuestion;
  const isGate = step.kind === 'approval';
  const edge = hasFault ? 'border-fail' : isGate ? 'border-wait' : 'border-line';
  return (
    <div className={`flex w-60 max-w-full items-center gap-3 rounded-2 border bg-ink-2 px-3 py-2 ${edge}`}>
      <Icon
        size={17}
        aria-hidden="true"
        className={isGate ? 'shrink-0 text-wait' : 'shrink-0 text-explain'}
      />
      <span className="min-w-0">
        <bdi className="block truncate text-13 font-medium" title={step.name}>
          {step.name}
        </bdi>
        <span className="block truncate text-12 text-aside">
          {kinds.has(step.kind as never) ? kinds(step.kind as never) : step.kind}
          {hasFault ? <span className="text-fail"> · {t('hasProblem')}</span> : null}
        </span>
      </span>
    </div>
  );
}

function Group({ group, faulty }: { group: OutlineGroup; faulty: ReadonlySet<string> }) {
  const t = useTranslations('Workflow');
  return (
    <section className="min-w-0 rounded-3 border border-dashed border-line p-3">
      <h3 className="mb-2 max-w-60 truncate text-12 text-aside" title={group.label}>
        {t(`groups.${group.kind}`)} <bdi className="font-mono">{group.label}</bdi>
      </h3>
      <FlowGraph steps={group.steps} faulty={faulty} />
    </section>
  );
}
