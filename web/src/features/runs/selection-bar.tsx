'use client';

import { GitCompareArrows, Square, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button, buttonLook } from '../../components/button.tsx';
import { Link } from '../../i18n/navigation.ts';
import { BulkCancelDialog } from './bulk-cancel-dialog.tsx';
import { BulkRerun } from './bulk-rerun.tsx';
import { compareAddress } from './compare-address.ts';
import type { RunRow } from './run-row.ts';
import { isOver } from './run-states.ts';

interface BarProps {
  chosen: readonly RunRow[];
  canControl: boolean;
  canStart: boolean;
  clear: () => void;
}

/** What can be done with the chosen runs. */
export function SelectionBar({ chosen, canControl, canStart, clear }: BarProps) {
  const t = useTranslations('RunSelection');
  const bulk = useTranslations('RunBulk');
  // Kept apart from what is chosen: once they are cancelled they may leave the list, but not this question.
  const [cancelled, setCancelled] = useState<RunRow[] | null>(null);
  const open = chosen.filter(({ status }) => !isOver(status));
  return (
    <div role="region" aria-label={t('title')} className="sticky bottom-16 z-20 mt-3 md:bottom-4">
      {chosen.length === 0 ? null : (
        <div className="mx-auto flex w-fit max-w-full flex-wrap items-center gap-2 rounded-2 border border-line bg-ink-2 px-3 py-2 shadow-lift">
          <span aria-hidden="true" className="me-2 text-13 font-medium tabular-nums">
            {t('chosen', { count: chosen.length })}
          </span>
          <CompareTwo chosen={chosen} />
          {canControl && open.length > 0 ? (
            <Button onClick={() => setCancelled(open)}>
              <Square size={14} aria-hidden="true" /> {bulk('cancel', { count: open.length })}
            </Button>
          ) : null}
          {canStart ? <RerunFailed chosen={chosen} /> : null}
          <Button tone="quiet" aria-label={t('clear')} className="px-2" onClick={clear}>
            <X size={16} aria-hidden="true" />
          </Button>
        </div>
      )}
      {cancelled === null ? null : (
        <BulkCancelDialog
          runs={cancelled}
          onClose={(isDone) => {
            setCancelled(null);
            if (isDone) clear();
          }}
        />
      )}
    </div>
  );
}

function RerunFailed({ chosen }: Pick<BarProps, 'chosen'>) {
  const t = useTranslations('RunSelection');
  const failed = chosen.filter(({ status }) => status === 'FAILED' || status === 'TIMED_OUT');
  const [first] = failed;
  if (first === undefined) return null;
  const isOfOne = failed.every(({ workflow }) => workflow.id === first.workflow.id);
  return (
    <BulkRerun
      target={{ runIds: failed.map(({ id }) => id) }}
      workflowId={isOfOne ? first.workflow.id : null}
    >
      {t('rerun', { count: failed.length })}
    </BulkRerun>
  );
}

/** Leads to both side by side, the older one left, when two runs of one workflow are chosen. */
function CompareTwo({ chosen }: Pick<BarProps, 'chosen'>) {
  const t = useTranslations('RunSelection');
  const [newer, older] = chosen;
  if (chosen.length !== 2 || newer === undefined || older === undefined) return null;
  if (newer.workflow.id !== older.workflow.id)
    return <span className="text-13 text-aside">{t('notComparable')}</span>;
  return (
    <Link href={compareAddress({ left: older.id, right: newer.id })} className={buttonLook()}>
      <GitCompareArrows size={15} aria-hidden="true" /> {t('compare')}
    </Link>
  );
}
