'use client';

import { useEffect, useRef, useState, type RefObject } from 'react';
import type { Player } from './player.ts';

/** How a picture stands: not moving (yet), moving, or stopped by somebody. */
export type Motion = 'still' | 'moving' | 'paused';

/** The picture starts when the page has nothing better to do, at the latest after so many milliseconds. */
const IDLE_LIMIT = 3_000;

/** Plays on a canvas; null where it cannot move. */
type Play = (canvas: HTMLCanvasElement) => Player | null;

/**
 * Lets a picture move once it can be seen and the page is idle; never for somebody who asked for less motion. `load`
 * brings the code, and must be the same function each time.
 */
export function usePlayer(load: () => Promise<Play>): {
  canvas: RefObject<HTMLCanvasElement | null>;
  motion: Motion;
  player: RefObject<Player | null>;
  toggle: () => void;
} {
  const canvas = useRef<HTMLCanvasElement>(null);
  const player = useRef<Player | null>(null);
  const [motion, setMotion] = useState<Motion>('still');
  useEffect(() => {
    const element = canvas.current;
    const calm = matchMedia('(prefers-reduced-motion: reduce)');
    if (element === null || calm.matches) return;
    let isGone = false;
    const begin = async (): Promise<void> => {
      const play = await load().catch(() => null);
      // Reading the code and beginning are two tasks, so that a press between them need not wait for both.
      await new Promise((resolve) => setTimeout(resolve));
      if (isGone || play === null) return;
      player.current = play(element);
      if (player.current !== null) setMotion('moving');
    };
    const stopWaiting = whenSeenAndIdle(element, () => void begin());
    const end = (): void => {
      isGone = true;
      stopWaiting();
      player.current?.end();
      player.current = null;
      setMotion('still');
    };
    calm.addEventListener('change', end);
    return () => {
      calm.removeEventListener('change', end);
      end();
    };
  }, [load]);
  const toggle = (): void => {
    if (motion === 'moving') player.current?.pause();
    else player.current?.play();
    setMotion(motion === 'moving' ? 'paused' : 'moving');
  };
  return { canvas, motion, player, toggle };
}

function whenSeenAndIdle(element: Element, act: () => void): () => void {
  let idle = 0;
  // Safari has no idle callbacks.
  const canWait = 'requestIdleCallback' in window;
  const sight = new IntersectionObserver(([entry]) => {
    if (entry?.isIntersecting !== true) return;
    sight.disconnect();
    idle = canWait ? requestIdleCallback(act, { timeout: IDLE_LIMIT }) : window.setTimeout(act, 500);
  });
  sight.observe(element);
  return () => {
    sight.disconnect();
    if (canWait) cancelIdleCallback(idle);
    else clearTimeout(idle);
  };
}
