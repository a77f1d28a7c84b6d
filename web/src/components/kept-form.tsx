'use client';

import { useTranslations } from 'next-intl';
import { useCallback, useState, type FormEvent, type ReactNode } from 'react';
import { forgetDraft, keepDraft, readDraft } from '../lib/drafts.ts';

type FormField = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
/** What each field holds, by its key. */
type Content = Record<string, string>;

/** Secrets are typed again: no script shall find them in a storage. */
const NEVER_KEPT = new Set(['password', 'hidden', 'file', 'submit', 'button', 'reset']);
/** A choice may show more fields, which are there a moment later. */
const FRAMES = 3;

interface KeptFormProps {
  /** By which its content is known. */
  name: string;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  children: ReactNode;
}

/**
 * A form whose content is kept in this tab until `forgetForm` is called: it is filled in again when the form is shown
 * next, after a session that ended, say.
 */
export function KeptForm({ name, onSubmit, children }: KeptFormProps) {
  const t = useTranslations('Errors');
  const [isBack, setBack] = useState(false);
  const attach = useCallback(
    (form: HTMLFormElement | null) => {
      if (form === null) return undefined;
      const kept = contentIn(readDraft(name));
      if (kept !== null) {
        setBack(fill(form, kept));
        fillLater(form, kept, FRAMES);
      }
      const keep = (): void => keepDraft(name, JSON.stringify(contentOf(form)));
      form.addEventListener('input', keep);
      form.addEventListener('change', keep);
      return () => {
        form.removeEventListener('input', keep);
        form.removeEventListener('change', keep);
      };
    },
    [name],
  );
  return (
    <form ref={attach} onSubmit={onSubmit} className="flex flex-col gap-4">
      {isBack ? (
        <p role="status" className="text-13 text-explain">
          {t('draftBack')}
        </p>
      ) : null}
      {children}
    </form>
  );
}

/** Forgets what was kept of a form. */
export const forgetForm = forgetDraft;

function fieldsOf(form: HTMLFormElement): FormField[] {
  return [...form.elements].filter(
    (element): element is FormField =>
      element instanceof HTMLTextAreaElement ||
      element instanceof HTMLSelectElement ||
      (element instanceof HTMLInputElement && !NEVER_KEPT.has(element.type)),
  );
}

function isTick(field: FormField): field is HTMLInputElement {
  return field.type === 'checkbox' || field.type === 'radio';
}

/** Fields without a name are known by their label. */
function keyOf(field: FormField): string {
  const name = field.name || (field.labels?.[0]?.textContent ?? '');
  return isTick(field) ? `${name} ${field.value}` : name;
}

function contentOf(form: HTMLFormElement): Content {
  const entries = fieldsOf(form).map((field) => [
    keyOf(field),
    isTick(field) ? String(field.checked) : field.value,
  ]);
  return Object.fromEntries(entries) as Content;
}

function contentIn(draft: string | null): Content | null {
  return draft === null ? null : (JSON.parse(draft) as Content);
}

/** Fills in what differs; gives whether anything did. */
function fill(form: HTMLFormElement, content: Content): boolean {
  const changed = fieldsOf(form).filter((field) => {
    const value = content[keyOf(field)];
    const now = isTick(field) ? String(field.checked) : field.value;
    return value !== undefined && value !== now && !field.disabled;
  });
  for (const field of changed) {
    if (isTick(field)) field.click();
    else type(field, content[keyOf(field)] ?? '');
  }
  return changed.length > 0;
}

function fillLater(form: HTMLFormElement, content: Content, frames: number): void {
  requestAnimationFrame(() => {
    if (!form.isConnected) return;
    fill(form, content);
    if (frames > 1) fillLater(form, content, frames - 1);
  });
}

/** Sets a value as typing does, so that React hears of it. */
function type(field: FormField, value: string): void {
  const setter = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field) as object, 'value')?.set;
  setter?.call(field, value);
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}
