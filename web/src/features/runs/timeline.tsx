'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import type { ShownStep } from './loaders.ts';
import { stepTree } from './step-tree.ts';
import { TimelineRow } from './timeline-row.tsx';
import { timelineRows } from './timeline-rows.ts';
import { timeScale } from './time-scale.ts';

interface TimelineProps {
  runId: string;
  steps: ShownStep[];
  /** The step that is open in the inspector. */
  selected: string | null;
  /** Until when the run has come, in milliseconds. */
  until: number;
}

/** Kinds whose time is waiting, and those that only hold others. */
const NO_WORK = new Set([
  'approval',
  'wait',
  'forEach',
  'while',
  'branch',
  'parallel',
  'try',
  'callWorkflow',
]);

/** The steps of a run, one a row, each with its time on a common line. */
export function Timeline({ runId, steps, selected, until }: TimelineProps) {
  const t = useTranslations('Timeline');
  const format = useFormatter();
  const tree = useMemo(() => stepTree(steps), [steps]);
  const scale = useMemo(() => scaleOf(steps, until), [steps, until]);
  const [opened, setOpened] = useState<ReadonlyMap<string, boolean>>(new Map());
  const rows = timelineRows(tree, opened, selected);
  const toggle = (path: string, isOpen: boolean): void => setOpened(new Map([...opened, [path, isOpen]]));
  if (steps.length === 0)
    return <p className="rounded-2 hatched p-6 text-center text-explain">{t('none')}</p>;
  return (
    <div className="overflow-hidden rounded-2 border border-line-soft bg-ink-1">
      <ol aria-label={t('title')}>
        {rows.map((row) =>
          'hidden' in row ? (
            <li key={`${row.path} more`} className="border-b border-line-soft ps-3">
              <button
                type="button"
                onClick={() => toggle(`${row.path} all`, true)}
                className="min-h-8 cursor-pointer text-13 text-explain hover:text-say"
                style={{ paddingInlineStart: `${row.depth * 16 + 22}px` }}
              >
                {t('showSettled', { count: row.hidden })}
              </button>
            </li>
          ) : (
            <TimelineRow
              key={row.node.path}
              {...{ runId, row, scale, until }}
              isSelected={row.node.path === selected}
              onToggle={toggle}
            />
          ),
        )}
      </ol>
      {scale.waits.length === 0 ? null : (
        <p className="border-t border-line-soft px-3 py-2 text-12 text-aside">
          {t('shortened', { count: scale.waits.length, minutes: format.number(minutesOf(scale.waits)) })}
        </p>
      )}
    </div>
  );
}

function scaleOf(steps: ShownStep[], until: number) {
  const begun = steps.flatMap((step) =>
    step.startedAt === null ? [] : [{ ...step, from: Date.parse(step.startedAt) }],
  );
  const from = Math.min(...begun.map((step) => step.from), until);
  const work = begun
    .filter(({ kind }) => !NO_WORK.has(kind))
    .map(({ from: begin, finishedAt }) => ({
      from: begin,
      to: finishedAt === null ? until : Date.parse(finishedAt),
    }));
  return timeScale(work, { from, to: until });
}

function minutesOf(waits: { ms: number }[]): number {
  return Math.max(1, Math.round(waits.reduce((total, { ms }) => total + ms, 0) / 60_000));
}
