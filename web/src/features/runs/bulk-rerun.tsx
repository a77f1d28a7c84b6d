'use client';

import { RotateCcw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState, type ReactNode } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Select } from '../../components/input.tsx';
import { useChange } from '../../components/use-change.ts';
import { useRouter } from '../../i18n/navigation.ts';
import { previewBulkRerun, rerunRuns, type BulkPreview, type BulkTarget } from './bulk-actions.ts';
import { BulkSummary } from './bulk-summary.tsx';

interface BulkRerunProps {
  target: BulkTarget;
  /** The workflow of all of these runs; null when they have none in common. */
  workflowId: string | null;
  /** The words of the button that opens it. */
  children: ReactNode;
}

/** Runs many runs again, after showing what that repeats; then leads to where their progress is told. */
export function BulkRerun({ target, workflowId, children }: BulkRerunProps) {
  const t = useTranslations('RunBulk');
  const router = useRouter();
  const [shown, setShown] = useState<BulkPreview | null>(null);
  const [version, setVersion] = useState<number | null>(null);
  const [key, setKey] = useState('');
  const looking = useChange();
  const starting = useChange();

  const look = (wanted: number | null): void =>
    looking.run(async () => {
      const { data, problem } = await previewBulkRerun(target, { workflowId, version: wanted });
      starting.forget();
      setVersion(wanted);
      if (data !== null) setShown(data);
      // One key for this look: pressing twice, or trying again after a broken connection, starts each run once only.
      setKey(crypto.randomUUID());
      return problem;
    });
  const rerun = (): void =>
    starting.run(async () => {
      const { data, problem } = await rerunRuns(target, { version, idempotencyKey: key });
      if (data !== null) router.push(`/runs/bulk/${data}`);
      return problem;
    });
  const words = starting.words ?? looking.words;
  const refusal =
    words === null ? null : (
      <p role="alert" className="text-13 text-fail">
        {words}
      </p>
    );

  return (
    <>
      <Button isBusy={looking.isBusy} onClick={() => look(null)}>
        <RotateCcw size={15} aria-hidden="true" /> {children}
      </Button>
      {shown === null ? (
        refusal
      ) : (
        <Dialog
          isOpen
          onOpenChange={() => setShown(null)}
          title={t('rerunTitle', { count: shown.preview.count })}
          description={t('rerunText')}
          closeLabel={t('close')}
        >
          <VersionChoice {...{ shown, version }} onChange={look} />
          <BulkSummary preview={shown.preview} />
          <div className="mt-3">{refusal}</div>
          <div className="mt-5 flex justify-end gap-2">
            <Button tone="quiet" onClick={() => setShown(null)}>
              {t('back')}
            </Button>
            <Button
              tone="main"
              isBusy={looking.isBusy || starting.isBusy}
              disabled={shown.preview.count === 0}
              onClick={rerun}
            >
              {t('rerunSubmit', { count: shown.preview.count })}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}

interface ChoiceProps {
  shown: BulkPreview;
  version: number | null;
  onChange: (version: number | null) => void;
}

/** Each run's own version, or the newest one: what was put right since runs only in that. */
function VersionChoice({ shown: { preview, newest }, version, onChange }: ChoiceProps) {
  const t = useTranslations('RunBulk');
  if (newest === null || preview.versions.every(({ from }) => from === newest)) return null;
  return (
    <label className="mb-4 flex flex-wrap items-center gap-2 text-13 font-medium">
      {t('version')}
      <Select
        value={version ?? ''}
        onChange={({ target }) => onChange(target.value === '' ? null : Number(target.value))}
      >
        <option value="">{t('ownVersion')}</option>
        <option value={newest}>{t('newestVersion', { number: newest })}</option>
      </Select>
    </label>
  );
}
