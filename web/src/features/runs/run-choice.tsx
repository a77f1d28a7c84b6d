'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { RunRow } from './run-row.ts';

const LOOK = 'block size-4 cursor-pointer accent-thread';

interface OneProps {
  row: RunRow;
  isChosen: boolean;
  onChoose: (id: string, isRange: boolean) => void;
}

/** Chooses a run; with Shift all from the one before. */
export function ChooseOne({ row, isChosen, onChoose }: OneProps) {
  const t = useTranslations('RunSelection');
  const format = useFormatter();
  const time = format.dateTime(new Date(row.at), { dateStyle: 'medium', timeStyle: 'medium' });
  return (
    <label className="-m-1.5 block p-1.5">
      <input
        type="checkbox"
        aria-label={t('choose', { name: row.workflow.name, time })}
        checked={isChosen}
        // The click tells whether Shift is held; pressing the space bar makes one, too.
        onClick={(event) => onChoose(row.id, event.shiftKey)}
        onChange={() => undefined}
        className={LOOK}
      />
    </label>
  );
}

/** Chooses all runs of the page, or none. */
export function ChooseAll({
  count,
  of,
  onChange,
}: {
  count: number;
  of: number;
  onChange: (isAll: boolean) => void;
}) {
  const t = useTranslations('RunSelection');
  const box = useRef<HTMLInputElement>(null);
  const isSome = count > 0 && count < of;
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = isSome;
  }, [isSome]);
  return (
    <input
      ref={box}
      type="checkbox"
      aria-label={t('chooseAll')}
      checked={count === of}
      onChange={(event) => onChange(event.target.checked)}
      className={LOOK}
    />
  );
}
