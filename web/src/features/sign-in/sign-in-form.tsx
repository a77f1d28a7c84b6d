'use client';

import { useState, type FormEvent } from 'react';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { Input } from '../../components/input.tsx';
import { typedIn } from '../../lib/typed-in.ts';
import { askNextAuth } from './ask-next-auth.ts';
import { normalizeAddress } from './normalize-address.ts';

type Word = 'address' | 'send' | 'notAnAddress' | 'notSent' | 'sentTitle' | 'openCatcher' | 'again';

/** The texts of the form: without a library for texts the page is there sooner. */
export interface SignInWords extends Record<Word, string> {
  /** With `{address}` where the address goes. */
  sentText: string;
}

interface SignInFormProps {
  words: SignInWords;
  next: string;
  /** Where a local platform shows its mail; null elsewhere. */
  mailUrl: string | null;
}

/** Asks for a link by mail. The answer is the same whether the address is known or not. */
export function SignInForm({ words, next, mailUrl }: SignInFormProps) {
  const [sentTo, setSentTo] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const address = normalizeAddress(typedIn(new FormData(event.currentTarget), 'email'));
    if (address === null) return setProblem(words.notAnAddress);
    setBusy(true);
    const asked = await askNextAuth('signin/email', { email: address, callbackUrl: next });
    setBusy(false);
    if (asked.ok) setSentTo(address);
    else setProblem(words.notSent);
  };

  if (sentTo !== null)
    return (
      <div role="status" className="flex flex-col gap-3">
        <h2 className="text-16 font-semibold">{words.sentTitle}</h2>
        <p className="text-explain">{words.sentText.replace('{address}', () => sentTo)}</p>
        {mailUrl === null ? null : (
          <a href={mailUrl} className="text-thread underline underline-offset-4">
            {words.openCatcher}
          </a>
        )}
        <Button tone="quiet" className="self-start" onClick={() => setSentTo(null)}>
          {words.again}
        </Button>
      </div>
    );

  return (
    <form onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-4">
      <Field label={words.address} problem={problem}>
        {(parts) => (
          <Input
            {...parts}
            type="email"
            name="email"
            autoComplete="email"
            inputMode="email"
            autoFocus
            required
          />
        )}
      </Field>
      <Button type="submit" tone="main" isBusy={isBusy} className="min-h-10">
        {words.send}
      </Button>
    </form>
  );
}
