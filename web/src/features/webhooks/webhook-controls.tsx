'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { DialogForm } from '../../components/dialog-form.tsx';
import { Field } from '../../components/field.tsx';
import { Input, Select } from '../../components/input.tsx';
import { typedIn } from '../../lib/typed-in.ts';
import { rotateWebhook, setVerification } from './actions.ts';
import type { WebhookScheme } from './loaders.ts';

const SCHEMES: readonly WebhookScheme[] = ['NONE', 'HMAC_SHA256', 'STANDARD_WEBHOOKS', 'GITHUB', 'STRIPE'];

/** Changes how calls are verified, or the address. */
export function WebhookControls({ workflowId, scheme: now }: { workflowId: string; scheme: WebhookScheme }) {
  const t = useTranslations('Webhooks');
  const [scheme, setScheme] = useState(now);
  const verify = (form: FormData, idempotencyKey: string) =>
    setVerification({
      ...{ workflowId, scheme, idempotencyKey },
      secret: scheme === 'NONE' ? null : typedIn(form, 'secret'),
    });
  return (
    <>
      <DialogForm
        open={t('verify')}
        title={t('verifyTitle')}
        description={t('verifyText')}
        submit={t('verifySubmit')}
        fields={['secret', 'scheme']}
        act={verify}
      >
        {(problemOf) => (
          <>
            <Field label={t('scheme')} problem={problemOf('scheme')}>
              {(parts) => (
                <Select
                  {...parts}
                  value={scheme}
                  onChange={(event) => setScheme(event.target.value as WebhookScheme)}
                  className="max-w-full"
                >
                  {SCHEMES.map((one) => (
                    <option key={one} value={one}>
                      {t(`schemes.${one}`)}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            {scheme === 'NONE' ? null : (
              <Field label={t('secret')} hint={t('secretHint')} problem={problemOf('secret')}>
                {(parts) => (
                  <Input {...parts} type="password" name="secret" autoComplete="new-password" required />
                )}
              </Field>
            )}
          </>
        )}
      </DialogForm>
      <DialogForm
        open={t('rotate')}
        title={t('rotateTitle')}
        description={t('rotateText')}
        submit={t('rotateSubmit')}
        submitTone="danger"
        act={(_form, key) => rotateWebhook(workflowId, key)}
      />
    </>
  );
}
