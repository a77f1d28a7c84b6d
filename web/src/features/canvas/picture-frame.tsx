import type { ReactNode, RefObject } from 'react';
import { classNames } from '../../components/class-names.ts';
import type { Motion } from './use-player.ts';

interface PictureFrameProps {
  canvas: RefObject<HTMLCanvasElement | null>;
  motion: Motion;
  onToggle: () => void;
  words: { pause: string; play: string };
  /** The picture as it stands when nothing moves. */
  still: ReactNode;
  className?: string;
}

/** A picture that may move over one that does not, and the button that stops it. Time runs in the direction of the text. */
export function PictureFrame({ canvas, motion, onToggle, words, still, className }: PictureFrameProps) {
  const isStill = motion === 'still';
  return (
    <>
      {/* Turned round it is what its parts are placed in, so that it must have the size itself. */}
      <div aria-hidden="true" className={classNames('absolute inset-0 rtl:-scale-x-100', className)}>
        <div className={classNames('absolute inset-0 transition-opacity', isStill ? '' : 'opacity-0')}>
          {still}
        </div>
        <canvas
          ref={canvas}
          className={classNames('absolute inset-0 size-full transition-opacity', isStill && 'opacity-0')}
        />
      </div>
      {isStill ? null : (
        <button
          type="button"
          onClick={onToggle}
          className="absolute end-4 bottom-3 z-10 min-h-8 cursor-pointer rounded-1 border border-line bg-ink-0 px-2.5 text-13 text-explain hover:text-say"
        >
          {motion === 'moving' ? words.pause : words.play}
        </button>
      )}
    </>
  );
}
