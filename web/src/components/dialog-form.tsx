'use client';

import { useTranslations } from 'next-intl';
import { useState, type FormEvent, type ReactNode } from 'react';
import { usePathname } from '../i18n/navigation.ts';
import type { Problem } from '../lib/problem.ts';
import { Button, type ButtonTone } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { forgetForm, KeptForm } from './kept-form.tsx';
import { useChange } from './use-change.ts';

interface DialogFormProps {
  /** The words of the button that opens it. */
  open: ReactNode;
  /** What it is about, for screen readers, where the words of the button alone are not enough. */
  about?: string;
  openTone?: ButtonTone;
  title: string;
  description?: string;
  /** The words of the button that does it. */
  submit: string;
  submitTone?: ButtonTone;
  /** Fields whose refusals are shown beside them; all others stand above the buttons. */
  fields?: readonly string[];
  /** Does it; `key` is the same for each try of one form, so that nothing is made twice. */
  act: (form: FormData, key: string) => Promise<Problem | null>;
  /** What came of it, where there is something to see before it closes, such as a secret. */
  result?: ReactNode;
  onClose?: () => void;
  children?: (problemOf: (field: string) => string | null) => ReactNode;
}

/**
 * A button that opens a question: some fields, or none for a plain confirmation. A refusal leaves them filled in, and
 * what was filled in but never sent is there again when it is opened next.
 */
export function DialogForm({
  openTone,
  submitTone = 'main',
  fields = [],
  act,
  children,
  ...words
}: DialogFormProps) {
  const t = useTranslations('Forms');
  const [isOpen, setOpen] = useState(false);
  const [key, setKey] = useState('');
  const change = useChange();
  const draft = `${usePathname()} ${words.title}`;
  const atField = fields.includes(change.problem?.field ?? '');
  const toggle = (shallOpen: boolean): void => {
    change.forget();
    if (!shallOpen) {
      forgetForm(draft);
      words.onClose?.();
    }
    if (shallOpen) setKey(crypto.randomUUID());
    setOpen(shallOpen);
  };
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    change.run(
      () => act(form, key),
      () => {
        forgetForm(draft);
        if (!('result' in words)) setOpen(false);
      },
    );
  };
  return (
    <>
      <Button tone={openTone} onClick={() => toggle(true)}>
        {words.open}
        {words.about === undefined ? null : <span className="sr-only">{words.about}</span>}
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={toggle}
        title={words.title}
        description={words.description}
        closeLabel={t('close')}
      >
        {words.result ? (
          <div className="flex flex-col gap-4">
            {words.result}
            <Button className="self-end" onClick={() => toggle(false)}>
              {t('done')}
            </Button>
          </div>
        ) : (
          <KeptForm name={draft} onSubmit={send}>
            {children?.((field) =>
              change.problem?.field === field ? withoutName(field, change.words ?? '') : null,
            )}
            {change.words === null || atField ? null : (
              <p role="alert" className="text-13 text-fail">
                {change.words}
              </p>
            )}
            <div className="flex flex-wrap justify-end gap-2">
              <Button tone="quiet" onClick={() => toggle(false)}>
                {t('cancel')}
              </Button>
              <Button type="submit" tone={submitTone} isBusy={change.isBusy}>
                {words.submit}
              </Button>
            </div>
          </KeptForm>
        )}
      </Dialog>
    </>
  );
}

/** The API begins with the name of the field; beside the field that is said already. */
function withoutName(field: string, words: string): string {
  return words.startsWith(`${field}: `) ? words.slice(field.length + 2) : words;
}
