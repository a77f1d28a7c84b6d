'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { DialogForm } from '../../components/dialog-form.tsx';
import { signOutElsewhere } from './actions.ts';

/** Ends the sessions of the person in all other browsers. */
export function OtherBrowsers() {
  const t = useTranslations('Settings');
  const [ended, setEnded] = useState<number | null>(null);
  const act = async () => {
    const { data, problem } = await signOutElsewhere();
    setEnded(data);
    return problem;
  };
  return (
    <section className="mt-8 flex max-w-md flex-col items-start gap-2">
      <h2 className="text-16 font-semibold">{t('elsewhere')}</h2>
      <p className="text-13 text-explain">{t('elsewhereText')}</p>
      <DialogForm
        open={t('signOutElsewhere')}
        title={t('signOutElsewhereTitle')}
        description={t('signOutElsewhereText')}
        submit={t('signOutElsewhere')}
        submitTone="danger"
        act={act}
      />
      <p role="status" className="text-13">
        {ended === null ? null : t('ended', { count: ended })}
      </p>
    </section>
  );
}
