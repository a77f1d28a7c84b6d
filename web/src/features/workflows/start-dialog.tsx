'use client';

import { Play } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { Textarea } from '../../components/input.tsx';
import { useProblemText } from '../../components/problem-text.ts';
import { useRouter } from '../../i18n/navigation.ts';
import { startRun } from './actions.ts';
import { parseDefinition } from './parse-definition.ts';

/** Starts the newest version with an input, and goes to its run. */
export function StartDialog({ workflowId }: { workflowId: string }) {
  const t = useTranslations('Workflow');
  const say = useProblemText();
  const router = useRouter();
  const [key, setKey] = useState<string | null>(null);
  const [text, setText] = useState('{}');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, start] = useTransition();
  const run = (): void =>
    start(async () => {
      const { definition: input, fault } = parseDefinition(text);
      if (fault !== null) return setProblem(t('notJson', fault));
      const answer = await startRun({ workflowId, input, idempotencyKey: key ?? '' });
      setProblem(answer.problem && say(answer.problem));
      if (answer.data !== null) router.push(`/runs/${answer.data}`);
    });
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
          <Field label={t('input')} hint={t('inputHint')} problem={problem}>
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
            <Button type="submit" tone="main" isBusy={isBusy}>
              {t('start')}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
