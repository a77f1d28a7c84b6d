'use client';

import { useTranslations } from 'next-intl';
import { useState, useTransition, type ReactNode } from 'react';
import type { Problem } from '../lib/problem.ts';
import { Button, type ButtonTone } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { useProblemText } from './problem-text.ts';

interface ConfirmButtonProps {
  /** What stands on the button. */
  children: ReactNode;
  /** Its name for screen readers, where several of one kind stand on a page. */
  label?: string;
  tone?: ButtonTone;
  title: string;
  text: string;
  /** The verb on the button that does it. */
  verb: string;
  action: () => Promise<Problem | null>;
}

/** Does something after asking once more. A refusal is shown where it was asked. */
export function ConfirmButton({ children, label, tone, title, text, verb, action }: ConfirmButtonProps) {
  const t = useTranslations('Dialogs');
  const say = useProblemText();
  const [isOpen, setOpen] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, start] = useTransition();
  const act = (): void =>
    start(async () => {
      const refused = await action();
      setProblem(refused);
      if (refused === null) setOpen(false);
    });
  return (
    <>
      <Button aria-label={label} onClick={() => setOpen(true)} {...(tone ? { tone } : {})}>
        {children}
      </Button>
      <Dialog isOpen={isOpen} onOpenChange={setOpen} title={title} description={text} closeLabel={t('back')}>
        {problem === null ? null : (
          <p role="alert" className="mb-4 text-13 text-fail">
            {say(problem)}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={() => setOpen(false)}>{t('back')}</Button>
          <Button tone="danger" isBusy={isBusy} onClick={act}>
            {verb}
          </Button>
        </div>
      </Dialog>
    </>
  );
}
