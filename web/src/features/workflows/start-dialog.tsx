'use client';

import { Play } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { Textarea } from '../../components/input.tsx';
import { useChange } from '../../components/use-change.ts';
import { useRouter } from '../../i18n/navigation.ts';
import { startRun } from './actions.ts';
import { parseDefinition } from './parse-definition.ts';

/** Starts the newest version with an input, and goes to its run. */
export function StartDialog({ workflowId }: { workflowId: string }) {
  const t = useTranslations('Workflow');
  const router = useRouter();
  const [key, setKey] = useState<string | null>(null);
  const [text, setText] = useState('{}');
  const [fault, setFault] = useState<string | null>(null);
  const change = useChange();
  const run = (): void => {
    const parsed = parseDefinition(text);
    setFault(parsed.fault && t('notJson', parsed.fault));
    if (parsed.fault !== null) return;
    change.run(async () => {
      const wanted = { workflowId, input: parsed.definition, idempotencyKey: key ?? '' };
      const { data, problem } = await startRun(wanted);
      if (data !== null) router.push(`/runs/${data}`);
      return problem;
    });
  };
  return (
    <>
      <Button onClick={() => setKey(crypto.randomUUID())}>
        <Play size={15} aria-hidden="true" /> {t('start')}
      </Button>
      <Dialog
        isOpen={key !== null}
        onOpenChange={() => setKey(null)}
        title={t('startTitle')}
        closeLabel={t('back')}
      >
        <form action={run} className="flex flex-col gap-4">
          <Field label={t('input')} hint={t('inputHint')} problem={fault ?? change.words}>
            {(parts) => (
              <Textarea
                {...parts}
                value={text}
                spellCheck={false}
                dir="ltr"
                className="min-h-32 font-mono text-12"
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Field>
          <div className="flex justify-end gap-2">
            <Button onClick={() => setKey(null)}>{t('back')}</Button>
            <Button type="submit" tone="main" isBusy={change.isBusy}>
              {t('start')}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
