'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from './button.tsx';

/** Copies a text, and says that it did. */
export function CopyButton({ text, label, done }: { text: string; label: string; done: string }) {
  const [isDone, setDone] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setDone(true);
    setTimeout(() => setDone(false), 2_000);
  };
  return (
    <Button onClick={() => void copy()} aria-live="polite">
      {isDone ? <Check size={15} aria-hidden="true" /> : <Copy size={15} aria-hidden="true" />}
      {isDone ? done : label}
    </Button>
  );
}
