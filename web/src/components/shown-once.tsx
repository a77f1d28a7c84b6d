'use client';

import { useTranslations } from 'next-intl';
import { CopyButton } from './copy-button.tsx';

/** A secret that is shown this one time, with a way to copy it. */
export function ShownOnce({ label, secret, text }: { label: string; secret: string; text: string }) {
  const t = useTranslations('Forms');
  return (
    <div role="status" className="flex flex-col gap-2 rounded-2 border border-thread/50 bg-ink-0 p-3">
      <p className="text-13 font-medium">{label}</p>
      <code dir="ltr" className="rounded-1 bg-ink-2 px-2 py-1.5 font-mono text-12 break-all select-all">
        {secret}
      </code>
      <p className="text-13 text-explain">{text}</p>
      <div>
        <CopyButton text={secret} label={t('copy')} done={t('copied')} />
      </div>
    </div>
  );
}
