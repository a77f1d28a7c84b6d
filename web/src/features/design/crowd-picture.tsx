'use client';

import { PictureFrame } from '../canvas/picture-frame.tsx';
import { usePlayer } from '../canvas/use-player.ts';
import { WORDS } from './words.ts';

const load = () => import('./play-crowd.ts').then(({ playCrowd }) => playCrowd);

/** The picture at its fullest. web/e2e/public-canvas.spec.ts measures it. */
export function CrowdPicture() {
  const { canvas, motion, toggle } = usePlayer(load);
  return (
    <div id="crowd" className="relative h-96 overflow-hidden rounded-2 border border-line-soft">
      <PictureFrame
        canvas={canvas}
        motion={motion}
        onToggle={toggle}
        words={{ pause: WORDS.pause, play: WORDS.play }}
        still={null}
      />
    </div>
  );
}
