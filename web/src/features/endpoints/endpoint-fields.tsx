'use client';

import { useTranslations } from 'next-intl';
import { EVENT_TYPES } from '../../../../workflows/endpoints/model.ts';
import { Field } from '../../components/field.tsx';
import { Input } from '../../components/input.tsx';
import { typedIn } from '../../lib/typed-in.ts';

/** Fields of an endpoint whose refusals are shown beside them. */
export const ENDPOINT_FIELDS = ['url', 'description', 'eventTypes'] as const;

interface EndpointFieldsProps {
  url?: string;
  description?: string;
  eventTypes?: readonly string[];
  problemOf: (field: string) => string | null;
}

/** Where events are sent, what for, and which. */
export function EndpointFields({ url, description, eventTypes = [], problemOf }: EndpointFieldsProps) {
  const t = useTranslations('Endpoints');
  const problem = problemOf('eventTypes');
  return (
    <>
      <Field label={t('url')} hint={t('urlHint')} problem={problemOf('url')}>
        {(parts) => <Input {...parts} type="url" name="url" required defaultValue={url} dir="ltr" />}
      </Field>
      <Field label={t('description')} problem={problemOf('description')}>
        {(parts) => (
          <Input {...parts} name="description" required maxLength={200} defaultValue={description} />
        )}
      </Field>
      <fieldset>
        <legend className="mb-1 text-13 font-medium">{t('events')}</legend>
        <div className="grid gap-x-4 sm:grid-cols-2">
          {EVENT_TYPES.map((type) => (
            <label key={type} className="flex min-h-7 cursor-pointer items-center gap-2">
              <input
                type="checkbox"
                name="eventTypes"
                value={type}
                defaultChecked={eventTypes.includes(type)}
                className="size-4 accent-thread"
              />
              <code className="font-mono text-12">{type}</code>
            </label>
          ))}
        </div>
        {problem === null ? null : (
          <p role="alert" className="text-13 text-fail">
            {problem}
          </p>
        )}
      </fieldset>
    </>
  );
}

/** What a form of {@link EndpointFields} says. */
export function endpointOf(form: FormData) {
  const chosen = form.getAll('eventTypes');
  return {
    url: typedIn(form, 'url').trim(),
    description: typedIn(form, 'description'),
    eventTypes: EVENT_TYPES.filter((type) => chosen.includes(type)),
  };
}
