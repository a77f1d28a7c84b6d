'use client';

import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { askNextAuth } from './ask-next-auth.ts';

export interface DemoPeopleProps {
  people: { email: string; name: string }[];
  words: Record<'title' | 'text' | 'failed', string>;
  next: string;
}

/** On the local demo: signs in as one of its people, without a mail. */
export function DemoPeople({ people, words, next }: DemoPeopleProps) {
  const [busy, setBusy] = useState<string | null>(null);
  const [hasFailed, setFailed] = useState(false);

  const signInAs = async (email: string): Promise<void> => {
    setBusy(email);
    const asked = await askNextAuth('callback/demo', { email, callbackUrl: next });
    if (asked.ok) return location.assign(next);
    setBusy(null);
    setFailed(true);
  };

  return (
    <section aria-labelledby="demo-people" className="border-t border-line-soft pt-5">
      <h2 id="demo-people" className="text-13 font-medium">
        {words.title}
      </h2>
      <p className="mt-1 text-13 text-aside">{words.text}</p>
      <div className="mt-3 flex flex-wrap gap-2">
        {people.map(({ email, name }) => (
          <Button key={email} isBusy={busy === email} onClick={() => void signInAs(email)}>
            {name}
          </Button>
        ))}
      </div>
      {hasFailed ? (
        <p role="alert" className="mt-2 text-13 text-fail">
          {words.failed}
        </p>
      ) : null}
    </section>
  );
}
