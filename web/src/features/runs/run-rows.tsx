'use client';

import { ArrowUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef, useState, type ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Cell, Row, Table } from '../../components/table.tsx';
import { useLoaded } from '../../components/use-loaded.ts';
import { heldRows, newRows } from './held-rows.ts';
import { RunKeys } from './run-keys.tsx';
import { ChooseAll, ChooseOne } from './run-choice.tsx';
import type { RunRow } from './run-row.ts';
import { isOver } from './run-states.ts';
import { useReadAnew } from './use-read-anew.ts';
import { useRunKeys } from './use-run-keys.ts';
import { chosenWith, NOTHING_CHOSEN } from './selection.ts';

/** What can be done with chosen runs: fetched when the first one is chosen. */
const load = () => import('./selection-bar.tsx');

interface RowsProps {
  rows: RunRow[];
  /** Whether more runs follow on the next page. */
  hasMore: boolean;
  /** Whether this is the page to which new runs come. */
  isNewest: boolean;
  /** What stands here while there is no run. */
  empty: ReactNode;
  canControl: boolean;
  canStart: boolean;
}

/** Milliseconds between two looks at the list. */
const EVERY = 5_000;

/** The runs of a page, kept as they are now; new ones wait for a press. Several can be chosen. */
export function RunRows({ rows, hasMore, isNewest, empty, canControl, canStart }: RowsProps) {
  const t = useTranslations('Runs');
  const selected = useTranslations('RunSelection');
  const area = useRef<HTMLDivElement>(null);
  const { shown, fresh, showAll } = useHeld(rows, hasMore);
  const order = shown.map(({ id }) => id);
  const [selection, setSelection] = useState(NOTHING_CHOSEN);
  const chosen = shown.filter(({ id }) => selection.chosen.has(id));
  const choose = (id: string, isRange: boolean): void =>
    setSelection((now) => chosenWith(now, { id, isRange }, order));
  const clear = (): void => setSelection(NOTHING_CHOSEN);
  const bar = useLoaded(load, { isWanted: chosen.length > 0, giveUp: clear });
  useReadAnew(EVERY, isNewest || shown.some(({ status }) => !isOver(status)));
  useRunKeys(area, { choose, clear });
  const all = (
    <ChooseAll
      count={chosen.length}
      of={shown.length}
      onChange={(isAll) => setSelection({ chosen: new Set(isAll ? order : []), anchor: null })}
    />
  );
  return (
    <div ref={area}>
      <div className="mb-2 flex min-h-8 items-center justify-between gap-3">
        <div role="status">
          {isNewest && fresh.length > 0 ? (
            <Button onClick={showAll} className="rounded-full border-thread">
              <ArrowUp size={15} aria-hidden="true" />
              {t('showNew', {
                count: fresh.length,
                more: hasMore && fresh.length === rows.length ? '+' : '',
              })}
            </Button>
          ) : null}
        </div>
        <RunKeys of="list" />
      </div>
      {shown.length === 0 ? (
        empty
      ) : (
        <Table
          label={t('title')}
          head={[all, t('state'), t('workflow'), t('started'), t('took'), t('startedBy'), t('version')]}
        >
          {shown.map((row) => (
            <Row key={row.id} className={selection.chosen.has(row.id) ? 'bg-ink-2' : undefined}>
              <Cell className="w-8 pe-0">
                <ChooseOne row={row} isChosen={selection.chosen.has(row.id)} onChoose={choose} />
              </Cell>
              {row.cells}
            </Row>
          ))}
        </Table>
      )}
      {/* Always there: what comes together with its text is not read out. */}
      <p aria-live="polite" className="sr-only">
        {chosen.length === 0 ? '' : selected('chosen', { count: chosen.length })}
      </p>
      {bar === null ? null : <bar.SelectionBar chosen={chosen} {...{ canControl, canStart, clear }} />}
    </div>
  );
}

/** The rows as they stand, and those that came since. */
function useHeld(rows: RunRow[], hasMore: boolean) {
  const [{ shown, read }, setHeld] = useState<{ shown: readonly RunRow[]; read: readonly RunRow[] }>({
    shown: rows,
    read: rows,
  });
  if (read !== rows) setHeld({ shown: heldRows(shown, rows, hasMore), read: rows });
  return {
    shown,
    fresh: newRows(shown, rows),
    showAll: () => setHeld({ shown: rows, read: rows }),
  };
}
