'use client';

import { useEffect, type ReactNode } from 'react';
import { PictureFrame } from './picture-frame.tsx';
import type { Thread } from './thread.ts';
import { usePlayer } from './use-player.ts';

interface LivePictureProps {
  threads: Thread[];
  /** How much time it shows, and what time it was on the server. Milliseconds. */
  span: number;
  now: number;
  words: { pause: string; play: string };
  className?: string;
  /** The picture for where nothing moves. */
  children: ReactNode;
}

const load = async () => {
  const { startPlayer } = await import('./player.ts');
  return (canvas: HTMLCanvasElement) => startPlayer(canvas, { threads: [], viewsAt: () => [] });
};

/** An organisation's own runs, as they are now. */
export function LivePicture({ threads, span, now, words, className, children }: LivePictureProps) {
  const { canvas, motion, player, toggle } = usePlayer(load);
  const moves = motion !== 'still';
  useEffect(() => {
    if (!moves) return;
    // The clock of this machine may be wrong; the server's goes on from what it said.
    const ahead = now - Date.now();
    player.current?.show({ threads, viewsAt: () => [{ now: Date.now() + ahead, span }] });
  }, [moves, now, player, span, threads]);
  return (
    <PictureFrame
      canvas={canvas}
      motion={motion}
      onToggle={toggle}
      words={words}
      still={children}
      className={className}
    />
  );
}
