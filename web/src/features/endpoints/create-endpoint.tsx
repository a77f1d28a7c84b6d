'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { DialogForm } from '../../components/dialog-form.tsx';
import { ShownOnce } from '../../components/shown-once.tsx';
import { createEndpoint } from './actions.ts';
import { ENDPOINT_FIELDS, EndpointFields, endpointOf } from './endpoint-fields.tsx';

/** Makes an endpoint and shows the secret that signs what is sent, this once. */
export function CreateEndpoint() {
  const t = useTranslations('Endpoints');
  const [secret, setSecret] = useState<string | null>(null);
  const act = async (form: FormData, idempotencyKey: string) => {
    const { data, problem } = await createEndpoint({ ...endpointOf(form), idempotencyKey });
    setSecret(data);
    return problem;
  };
  return (
    <DialogForm
      open={
        <>
          <Plus size={15} aria-hidden="true" /> {t('create')}
        </>
      }
      openTone="main"
      title={t('createTitle')}
      submit={t('createSubmit')}
      fields={ENDPOINT_FIELDS}
      act={act}
      result={
        secret === null ? null : <ShownOnce label={t('secret')} secret={secret} text={t('secretText')} />
      }
      onClose={() => setSecret(null)}
    >
      {(problemOf) => <EndpointFields problemOf={problemOf} />}
    </DialogForm>
  );
}
