'use client';

import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { classNames } from '../../components/class-names.ts';
import { StateShape, type StateTone } from '../../components/state-shape.tsx';
import { Link } from '../../i18n/navigation.ts';
import { Duration } from './duration.tsx';
import { runAddress } from './run-address.ts';
import { STEP_TONES, TONE_TEXTS } from './run-states.ts';
import type { TimeScale } from './time-scale.ts';
import { TIMELINE_COLUMNS } from './timeline-axis.tsx';
import type { TimelineRowData } from './timeline-rows.ts';

/** What a row is drawn with. */
export interface RowParts {
  runId: string;
  row: Extract<TimelineRowData, { node: unknown }>;
  scale: TimeScale;
  until: number;
  isSelected: boolean;
  onToggle: (path: string, isOpen: boolean) => void;
}

/** One step: its place in the tree, its state, and its time on the line. */
export function TimelineRow({ runId, row, scale, until, isSelected, onToggle }: RowParts) {
  const { node, depth } = row;
  return (
    <li
      className={classNames(
        TIMELINE_COLUMNS,
        'items-center border-b border-line-soft last:border-0',
        isSelected ? 'bg-ink-3' : 'hover:bg-ink-2',
      )}
    >
      <div className="flex min-w-0 items-center gap-1" style={{ paddingInlineStart: `${depth * 16 + 6}px` }}>
        <Opener row={row} onToggle={onToggle} />
        <Name {...{ runId, row, isSelected, onToggle }} />
      </div>
      <Bar {...{ node, scale, until }} tone={STEP_TONES[node.status]} />
      <span className="pe-3 text-end text-12 text-explain">
        {node.step?.reusedFrom == null ? <Duration from={node.startedAt} to={node.finishedAt} /> : '–'}
      </span>
    </li>
  );
}

function useName({ node }: RowParts['row']): string {
  const t = useTranslations('Timeline');
  return node.round === null ? node.label : t('round', { number: node.round + 1 });
}

function Opener({ row, onToggle }: Pick<RowParts, 'row' | 'onToggle'>) {
  const t = useTranslations('Timeline');
  const name = useName(row);
  const { node, canOpen, isOpen } = row;
  if (!canOpen) return <span className="size-6 shrink-0" />;
  // What is no step is a button as a whole.
  if (node.step === null) return <Chevron isOpen={isOpen} />;
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      aria-label={t(isOpen ? 'close' : 'open', { name })}
      onClick={() => onToggle(node.path, !isOpen)}
      className="cursor-pointer rounded-1 hover:text-say"
    >
      <Chevron isOpen={isOpen} />
    </button>
  );
}

function Chevron({ isOpen }: { isOpen: boolean }) {
  return (
    <span aria-hidden="true" className="grid size-6 shrink-0 place-items-center text-aside">
      <ChevronRight
        size={14}
        className={classNames('transition-transform', isOpen ? 'rotate-90' : 'rtl:rotate-180')}
      />
    </span>
  );
}

/** The name of a step, which opens it; of a round or a branch, which has nothing of its own, what it holds. */
function Name({
  runId,
  row,
  isSelected,
  onToggle,
}: Pick<RowParts, 'runId' | 'row' | 'isSelected' | 'onToggle'>) {
  const name = useName(row);
  const states = useTranslations('StepStatus');
  const kinds = useTranslations('StepKinds');
  const { node, depth, canOpen, isOpen } = row;
  const tone = STEP_TONES[node.status];
  const place = {
    'data-step': node.path,
    'data-depth': depth,
    'data-open': canOpen ? isOpen : undefined,
    className: 'flex min-h-8 min-w-0 flex-1 cursor-pointer items-center gap-2 text-start text-13',
  };
  const words = (
    <>
      <span className={TONE_TEXTS[tone]}>
        <StateShape tone={tone} />
      </span>
      <span className="truncate font-medium">{name}</span>
      <span className="sr-only">{states(node.status)}</span>
      <span className="truncate text-12 text-aside max-sm:hidden">
        {node.step === null ? '' : kinds(node.step.kind)}
      </span>
    </>
  );
  if (node.step === null)
    return (
      <button type="button" {...place} aria-expanded={isOpen} onClick={() => onToggle(node.path, !isOpen)}>
        {words}
      </button>
    );
  return (
    <Link
      {...place}
      href={runAddress(runId, { step: node.path })}
      scroll={false}
      aria-current={isSelected ? 'true' : undefined}
    >
      {words}
    </Link>
  );
}

function Bar({
  node,
  scale,
  until,
  tone,
}: Pick<RowParts, 'scale' | 'until'> & { node: RowParts['row']['node']; tone: StateTone }) {
  const t = useTranslations('Timeline');
  if (node.step?.reusedFrom != null)
    return <span className="mx-2 text-12 text-aside max-md:hidden">{t('reused')}</span>;
  if (node.startedAt === null) return <div className="max-md:hidden" />;
  const start = scale.at(Date.parse(node.startedAt));
  const end = scale.at(node.finishedAt === null ? until : Date.parse(node.finishedAt));
  return (
    <div aria-hidden="true" className={classNames('relative mx-2 h-1.5 max-md:hidden', TONE_TEXTS[tone])}>
      <div
        className={classNames('absolute h-full rounded-full bg-current', tone === 'wait' && 'opacity-60')}
        style={{ insetInlineStart: `${start * 100}%`, width: `max(3px, ${(end - start) * 100}%)` }}
      />
    </div>
  );
}
