'use client';

import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import type { DialogProps } from './dialog-box.tsx';

const load = () => import('./dialog-box.tsx');
const DialogBox = dynamic(() => load().then((file) => file.DialogBox));

/** A question in front of the page. Its code comes behind the page's own, so that no page waits for it. */
export function Dialog(props: DialogProps) {
  // Once there it stays, and can give the keyboard back when it closes.
  const [wasOpened, setOpened] = useState(false);
  if (props.isOpen && !wasOpened) setOpened(true);
  useEffect(() => void load().catch(() => undefined), []);
  return wasOpened ? <DialogBox {...props} /> : null;
}
