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
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
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

interface GraphProps {
  steps: OutlineStep[];
  /** Draws one step: a {@link StepCard}, alone or in a link. */
  card: (step: OutlineStep) => ReactNode;
}

/** The steps of a workflow on their thread: a list of lists, so that it can be read aloud as well. */
export function FlowGraph({ steps, card }: GraphProps) {
  return (
    <ol className="flex flex-col">
      {steps.map((step, i) => (
        <li key={`${step.id} ${i}`} className="flex flex-col">
          {i === 0 ? null : <Thread />}
          {card(step)}
          {step.groups.length === 0 ? null : (
            <>
              <Thread />
              <div className="ms-6 flex flex-wrap items-start gap-3">
                {step.groups.map((group, n) => (
                  <Group key={`${group.kind} ${n}`} group={group} card={card} />
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

interface CardProps {
  step: OutlineStep;
  /** The colour of its edge; a gate has one of its own. */
  edge?: string | undefined;
  isChosen?: boolean;
  /** What stands after its kind. */
  children?: ReactNode;
}

/** One step: what it is called, what kind it is, and what is to be said about it. */
export function StepCard({ step, edge, isChosen = false, children }: CardProps) {
  const kinds = useTranslations('StepKinds');
  const Icon = ICONS[step.kind] ?? FileQuestion;
  const isGate = step.kind === 'approval';
  return (
    <div
      className={classNames(
        'flex w-60 max-w-full items-center gap-3 rounded-2 border px-3 py-2',
        isChosen ? 'bg-ink-3' : 'bg-ink-2',
        edge ?? (isGate ? 'border-wait' : 'border-line'),
      )}
    >
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
          {children}
        </span>
      </span>
    </div>
  );
}

function Group({ group, card }: { group: OutlineGroup; card: GraphProps['card'] }) {
  const t = useTranslations('Workflow');
  return (
    <section className="min-w-0 rounded-3 border border-dashed border-line p-3">
      {/* What is too long ends in dots where its own direction ends, whatever that of the page is. */}
      <h3 className="mb-2 flex max-w-60 gap-1.5 text-12 text-aside" title={group.label}>
        {t(`groups.${group.kind}`)} <bdi className="min-w-0 truncate font-mono">{group.label}</bdi>
      </h3>
      <FlowGraph steps={group.steps} card={card} />
    </section>
  );
}
