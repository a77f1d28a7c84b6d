'use client';

import { useEffect } from 'react';
import type { DialogProps } from './dialog-box.tsx';
import { useLoaded } from './use-loaded.ts';

const load = () => import('./dialog-box.tsx');

/** A question in front of the page. Its code comes behind the page's own, so that no page waits for it. */
export function Dialog(props: DialogProps) {
  useEffect(() => void load().catch(() => undefined), []);
  const { isOpen, onOpenChange } = props;
  // Once there it stays, and can give the keyboard back when it closes.
  const box = useLoaded(load, { isWanted: isOpen, giveUp: () => onOpenChange(false) });
  return box === null ? null : <box.DialogBox {...props} />;
}
