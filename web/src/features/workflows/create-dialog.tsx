'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { Input } from '../../components/input.tsx';
import { useProblemText } from '../../components/problem-text.ts';
import { useRouter } from '../../i18n/navigation.ts';
import type { Problem } from '../../lib/problem.ts';
import { createWorkflow } from './actions.ts';

/** Makes a workflow with a name, and goes to its page. */
export function CreateDialog() {
  const t = useTranslations('Workflows');
  const text = useProblemText();
  const router = useRouter();
  const [key, setKey] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isBusy, start] = useTransition();
  const create = (): void =>
    start(async () => {
      const answer = await createWorkflow(name, key ?? '');
      setProblem(answer.problem);
      if (answer.data !== null) router.push(`/workflows/${answer.data}`);
    });
  return (
    <>
      <Button tone="main" onClick={() => setKey(crypto.randomUUID())}>
        <Plus size={16} aria-hidden="true" /> {t('create')}
      </Button>
      <Dialog
        isOpen={key !== null}
        onOpenChange={() => setKey(null)}
        title={t('createTitle')}
        closeLabel={t('back')}
      >
        <form action={create} className="flex flex-col gap-4">
          <Field label={t('name')} problem={problem && text(problem)}>
            {(parts) => (
              <Input
                {...parts}
                required
                maxLength={200}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <div className="flex justify-end gap-2">
            <Button onClick={() => setKey(null)}>{t('back')}</Button>
            <Button type="submit" tone="main" isBusy={isBusy}>
              {t('create')}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
