import type { Ink } from './layout.ts';
import type { Inks, Rgb } from './renderer.ts';

/** The colours of the tokens as they are now, in this theme: painted once and read back, whatever way CSS writes them. */
export function readInks(near: Element): Inks {
  const probe = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const sample = document.createElement('span');
  near.append(sample);
  const read = (ink: Ink): Rgb => {
    sample.style.color = `var(--${ink})`;
    if (probe === null) return [0.5, 0.5, 0.5];
    probe.fillStyle = getComputedStyle(sample).color;
    probe.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = probe.getImageData(0, 0, 1, 1).data;
    return [red / 255, green / 255, blue / 255];
  };
  const inks = { thread: read('thread'), wait: read('wait'), fail: read('fail'), idle: read('idle') };
  sample.remove();
  return inks;
}

/** Calls back when the theme changes, until the function that it gives is called. */
export function onThemeChange(act: () => void): () => void {
  const chosen = new MutationObserver(act);
  chosen.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', act);
  return () => {
    chosen.disconnect();
    system.removeEventListener('change', act);
  };
}
