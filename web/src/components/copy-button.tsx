'use client';

import { useState } from 'react';
import { Button } from './button.tsx';

/** Copies a text, and says that it did. Public pages show it too, so it brings no icons along. */
export function CopyButton({ text, label, done }: { text: string; label: string; done: string }) {
  const [isDone, setDone] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setDone(true);
    setTimeout(() => setDone(false), 2_000);
  };
  return (
    <Button onClick={() => void copy()} aria-live="polite">
      {isDone ? done : label}
    </Button>
  );
}
