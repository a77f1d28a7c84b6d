'use client';

import { useTranslations } from 'next-intl';
import { Field } from '../../components/field.tsx';
import { Checkbox, Input, Select } from '../../components/input.tsx';
import type { Json } from '../../graphql/graphql.ts';
import { typedIn } from '../../lib/typed-in.ts';
import type { FormField } from './loaders.ts';

/** What an approver fills in, as the workflow asks for it. */
export function AnswerFields({ form }: { form: FormField[] }) {
  return form.map((field) => <AnswerField key={field.name} field={field} />);
}

function AnswerField({ field }: { field: FormField }) {
  const t = useTranslations('Approval');
  const name = nameOf(field);
  const label = field.required ? field.label : t('optional', { label: field.label });
  if (field.type === 'boolean') return <Checkbox name={name} label={field.label} />;
  return (
    <Field label={label}>
      {(parts) =>
        field.type === 'choice' ? (
          <Select {...parts} name={name} required={field.required}>
            <option value="" />
            {field.options.map((option) => (
              <option key={option}>{option}</option>
            ))}
          </Select>
        ) : (
          <Input
            {...parts}
            name={name}
            required={field.required}
            {...(field.type === 'number' ? { type: 'number', step: 'any' } : {})}
            {...(field.maxLength === null ? {} : { maxLength: field.maxLength })}
          />
        )
      }
    </Field>
  );
}

const nameOf = (field: FormField) => `answer:${field.name}`;

/** The answers as the API takes them; a field that was left empty is left out. */
export function answersOf(form: FormField[], typed: FormData): { [name: string]: Json } {
  const answers: { [name: string]: Json } = {};
  for (const field of form) {
    const value = typedIn(typed, nameOf(field));
    if (field.type === 'boolean') answers[field.name] = value === 'on';
    else if (value !== '') answers[field.name] = field.type === 'number' ? Number(value) : value;
  }
  return answers;
}
