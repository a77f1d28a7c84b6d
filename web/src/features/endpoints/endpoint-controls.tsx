'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { DialogForm } from '../../components/dialog-form.tsx';
import { Field } from '../../components/field.tsx';
import { Select } from '../../components/input.tsx';
import { ShownOnce } from '../../components/shown-once.tsx';
import { useRouter } from '../../i18n/navigation.ts';
import { typedIn } from '../../lib/typed-in.ts';
import { deleteEndpoint, replayDelivery, rotateSecret, updateEndpoint } from './actions.ts';
import { ENDPOINT_FIELDS, EndpointFields, endpointOf } from './endpoint-fields.tsx';
import type { ShownEndpoint } from './loaders.ts';

/** What can be done with an endpoint. */
export function EndpointControls({ endpoint }: { endpoint: ShownEndpoint }) {
  const t = useTranslations('Endpoints');
  const router = useRouter();
  const { id, url, description, eventTypes, disabledAt } = endpoint;
  const isOn = disabledAt === null;
  const remove = async () => {
    const refused = await deleteEndpoint(id);
    if (refused === null) router.push('/webhooks');
    return refused;
  };
  return (
    <>
      <DialogForm
        open={t('edit')}
        title={t('editTitle')}
        submit={t('editSubmit')}
        fields={ENDPOINT_FIELDS}
        act={(form) => updateEndpoint({ endpointId: id, ...endpointOf(form) })}
      >
        {(problemOf) => <EndpointFields {...{ url, description, eventTypes, problemOf }} />}
      </DialogForm>
      <DialogForm
        open={t(isOn ? 'switchOff' : 'switchOn')}
        title={t(isOn ? 'switchOffTitle' : 'switchOnTitle')}
        description={t(isOn ? 'switchOffText' : 'switchOnText')}
        submit={t(isOn ? 'switchOff' : 'switchOn')}
        act={() => updateEndpoint({ endpointId: id, enabled: !isOn })}
      />
      <RotateSecret id={id} />
      <DialogForm
        open={t('delete')}
        openTone="quiet"
        title={t('deleteTitle')}
        description={t('deleteText')}
        submit={t('deleteSubmit')}
        submitTone="danger"
        act={remove}
      />
    </>
  );
}

const OVERLAP_HOURS = [0, 1, 24, 168] as const;

function RotateSecret({ id }: { id: string }) {
  const t = useTranslations('Endpoints');
  const [secret, setSecret] = useState<string | null>(null);
  const act = async (form: FormData, idempotencyKey: string) => {
    const overlapSeconds = Number(typedIn(form, 'hours')) * 3_600;
    const { data, problem } = await rotateSecret({ endpointId: id, overlapSeconds, idempotencyKey });
    setSecret(data);
    return problem;
  };
  return (
    <DialogForm
      open={t('rotate')}
      title={t('rotateTitle')}
      description={secret === null ? t('rotateText') : undefined}
      submit={t('rotateSubmit')}
      act={act}
      result={
        secret === null ? null : <ShownOnce label={t('secret')} secret={secret} text={t('secretText')} />
      }
      onClose={() => setSecret(null)}
    >
      {() => (
        <Field label={t('overlap')}>
          {(parts) => (
            <Select {...parts} name="hours" defaultValue="24">
              {OVERLAP_HOURS.map((hours) => (
                <option key={hours} value={hours}>
                  {t('hours', { hours })}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
    </DialogForm>
  );
}

/** Sends an event again, once somebody confirmed it. */
export function Replay({ id, eventType }: { id: string; eventType: string }) {
  const t = useTranslations('Endpoints');
  return (
    <DialogForm
      open={t('replay')}
      about={eventType}
      openTone="quiet"
      title={t('replayTitle', { event: eventType })}
      description={t('replayText')}
      submit={t('replay')}
      act={(_form, key) => replayDelivery(id, key)}
    />
  );
}
