'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { DialogForm } from '../../components/dialog-form.tsx';
import { endSession, signOutElsewhere } from './actions.ts';

/** Ends one other session of the person. */
export function EndSession({ id, name }: { id: string; name: string }) {
  const t = useTranslations('Sessions');
  return (
    <div className="flex md:justify-end">
      <DialogForm
        open={t('end')}
        about={name}
        openTone="quiet"
        title={t('endTitle', { name })}
        description={t('endText')}
        submit={t('end')}
        submitTone="danger"
        act={() => endSession(id)}
      />
    </div>
  );
}

/** Ends the sessions of the person in all other browsers. */
export function SignOutElsewhere({ hasOthers }: { hasOthers: boolean }) {
  const t = useTranslations('Sessions');
  const [ended, setEnded] = useState<number | null>(null);
  const act = async () => {
    const { data, problem } = await signOutElsewhere();
    setEnded(data);
    return problem;
  };
  return (
    <div className="mt-3 flex flex-col items-start gap-2">
      {hasOthers ? (
        <DialogForm
          open={t('endOthers')}
          title={t('endOthersTitle')}
          description={t('endOthersText')}
          submit={t('endOthers')}
          submitTone="danger"
          act={act}
        />
      ) : null}
      <p role="status" className="text-13">
        {ended === null ? null : t('ended', { count: ended })}
      </p>
    </div>
  );
}
