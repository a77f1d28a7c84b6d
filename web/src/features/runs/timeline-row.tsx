'use client';

import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { classNames } from '../../components/class-names.ts';
import { StateShape } from '../../components/state-shape.tsx';
import { Link } from '../../i18n/navigation.ts';
import { Duration } from './duration.tsx';
import { STEP_TONES } from './run-states.ts';
import type { TimeScale } from './time-scale.ts';
import type { TimelineRowData } from './timeline-rows.ts';

const TEXT = { ok: 'text-ok', run: 'text-run', wait: 'text-wait', fail: 'text-fail', idle: 'text-idle' };

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
  const t = useTranslations('Timeline');
  const states = useTranslations('StepStatus');
  const kinds = useTranslations('StepKinds');
  const { node, depth, canOpen, isOpen } = row;
  const name = node.round === null ? node.label : t('round', { number: node.round + 1 });
  const tone = STEP_TONES[node.status];
  return (
    <li
      className={classNames(
        'grid grid-cols-[minmax(0,1fr)_4.5rem] items-center border-b border-line-soft last:border-0 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)_4.5rem]',
        isSelected ? 'bg-ink-3' : 'hover:bg-ink-2',
      )}
    >
      <div className="flex min-w-0 items-center gap-1" style={{ paddingInlineStart: `${depth * 16 + 6}px` }}>
        {canOpen ? (
          <button
            type="button"
            aria-expanded={isOpen}
            aria-label={t(isOpen ? 'close' : 'open', { name })}
            onClick={() => onToggle(node.path, !isOpen)}
            className="grid size-6 shrink-0 cursor-pointer place-items-center rounded-1 text-aside hover:text-say"
          >
            <ChevronRight
              size={14}
              aria-hidden="true"
              className={classNames('transition-transform', isOpen ? 'rotate-90' : 'rtl:rotate-180')}
            />
          </button>
        ) : (
          <span className="size-6 shrink-0" />
        )}
        <Link
          href={
            node.step === null ? `/runs/${runId}` : `/runs/${runId}?step=${encodeURIComponent(node.path)}`
          }
          scroll={false}
          aria-current={isSelected ? 'true' : undefined}
          className="flex min-h-8 min-w-0 flex-1 items-center gap-2 text-13"
        >
          <span className={TEXT[tone]}>
            <StateShape tone={tone} />
          </span>
          <span className="truncate font-medium">{name}</span>
          <span className="sr-only">{states(node.status)}</span>
          <span className="truncate text-12 text-aside max-sm:hidden">
            {node.step === null ? '' : kinds(node.step.kind)}
          </span>
        </Link>
      </div>
      <Bar {...{ node, scale, until }} tone={tone} />
      <span className="pe-3 text-end text-12 text-explain">
        <Duration from={node.startedAt} to={node.finishedAt} />
      </span>
    </li>
  );
}

function Bar({
  node,
  scale,
  until,
  tone,
}: Pick<RowParts, 'scale' | 'until'> & { node: RowParts['row']['node']; tone: keyof typeof TEXT }) {
  if (node.startedAt === null) return <div className="max-md:hidden" />;
  const start = scale.at(Date.parse(node.startedAt));
  const end = scale.at(node.finishedAt === null ? until : Date.parse(node.finishedAt));
  return (
    <div aria-hidden="true" className={classNames('relative mx-2 h-1.5 max-md:hidden', TEXT[tone])}>
      <div
        className={classNames('absolute h-full rounded-full bg-current', tone === 'wait' && 'opacity-60')}
        style={{ insetInlineStart: `${start * 100}%`, width: `max(3px, ${(end - start) * 100}%)` }}
      />
    </div>
  );
}
