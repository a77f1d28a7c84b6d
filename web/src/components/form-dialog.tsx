'use client';

import { useTranslations } from 'next-intl';
import { useState, useTransition, type FormEvent, type ReactNode } from 'react';
import { toast } from 'sonner';
import type { Problem } from '../lib/problem.ts';
import { Button, type ButtonTone } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { useProblemText } from './problem-text.ts';

interface FormDialogProps {
  /** What stands on the button that opens it. */
  opener: ReactNode;
  openerLabel?: string;
  tone?: ButtonTone;
  title: string;
  text?: string;
  /** The verb on the button that sends it. */
  verb: string;
  /** What is said when it was done. */
  done?: string;
  /** Sends it; `key` is the same for each try of one form, so that nothing is made twice. */
  action: (form: FormData, key: string) => Promise<Problem | null>;
  /** The fields. */
  children: ReactNode;
}

/** A form in front of the page. What was typed stays when it is refused. */
export function FormDialog(props: FormDialogProps) {
  const { opener, openerLabel, tone, title, text, verb, done, action, children } = props;
  const t = useTranslations('Dialogs');
  const say = useProblemText();
  const [key, setKey] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, start] = useTransition();
  const close = (): void => {
    setKey(null);
    setProblem(null);
  };
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    start(async () => {
      const refused = await action(form, key ?? '');
      setProblem(refused);
      if (refused !== null) return;
      close();
      if (done !== undefined) toast.success(done);
    });
  };
  return (
    <>
      <Button
        aria-label={openerLabel}
        onClick={() => setKey(crypto.randomUUID())}
        {...(tone ? { tone } : {})}
      >
        {opener}
      </Button>
      <Dialog
        isOpen={key !== null}
        onOpenChange={close}
        title={title}
        description={text}
        closeLabel={t('back')}
      >
        <form onSubmit={submit} className="flex flex-col gap-4">
          {children}
          {problem === null ? null : (
            <p role="alert" className="text-13 text-fail">
              {say(problem)}
            </p>
          )}
          <div className="flex justify-end gap-2">
            <Button onClick={close}>{t('back')}</Button>
            <Button type="submit" tone="main" isBusy={isBusy}>
              {verb}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
