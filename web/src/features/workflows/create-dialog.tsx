'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { Input } from '../../components/input.tsx';
import { useChange } from '../../components/use-change.ts';
import { useRouter } from '../../i18n/navigation.ts';
import { createWorkflow } from './actions.ts';

/** Makes a workflow with a name, and goes to its page. */
export function CreateDialog() {
  const t = useTranslations('Workflows');
  const router = useRouter();
  const [key, setKey] = useState<string | null>(null);
  const [name, setName] = useState('');
  const change = useChange();
  const create = (): void =>
    change.run(async () => {
      const { data, problem } = await createWorkflow(name, key ?? '');
      if (data !== null) router.push(`/workflows/${data}`);
      return problem;
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
          <Field label={t('name')} problem={change.words}>
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
            <Button type="submit" tone="main" isBusy={change.isBusy}>
              {t('create')}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
