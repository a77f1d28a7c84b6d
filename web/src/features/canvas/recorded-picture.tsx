'use client';

import type { ReactNode } from 'react';
import { PictureFrame } from './picture-frame.tsx';
import { usePlayer } from './use-player.ts';

/** The code and the recording come when they are needed. */
const load = () => import('./play-recording.ts').then(({ playRecording }) => playRecording);

interface RecordedPictureProps {
  words: { pause: string; play: string };
  className?: string;
  /** The picture for where nothing moves. */
  children: ReactNode;
}

/** The recording, playing. */
export function RecordedPicture({ words, className, children }: RecordedPictureProps) {
  const { canvas, motion, toggle } = usePlayer(load);
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
