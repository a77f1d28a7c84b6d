import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

type Oklch = [lightness: number, chroma: number, hue: number];
type Rgb = [number, number, number];
const THEMES = ['light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const COLOUR = /--([\w-]+): light-dark\(oklch\(([\d. ]+)\), oklch\(([\d. ]+)\)\);/g;
const numbers = (text = '') => text.split(' ').map(Number) as Oklch;
const tokens = new Map(
  [...css.matchAll(COLOUR)].map(([, name = '', light, dark]) => [
    name,
    { light: numbers(light), dark: numbers(dark) },
  ]),
);

/** OKLCH to linear sRGB, as CSS Color 4 computes it. */
function linear([l, c, h]: Oklch): Rgb {
  const [a, b] = [c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)];
  const [x, y, z] = [
    (l + 0.3963377774 * a + 0.2158037573 * b) ** 3,
    (l - 0.1055613458 * a - 0.0638541728 * b) ** 3,
    (l - 0.0894841775 * a - 1.291485548 * b) ** 3,
  ];
  const clip = (n: number) => Math.min(1, Math.max(0, n));
  return [
    clip(4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z),
    clip(-1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z),
    clip(-0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z),
  ];
}

function colour(name: string, theme: Theme): Rgb {
  const found = tokens.get(name);
  if (found === undefined) throw new Error(`There is no token --${name}.`);
  return linear(found[theme]);
}

const encoded = (n: number) => (n <= 0.0031308 ? 12.92 * n : 1.055 * n ** (1 / 2.4) - 0.055);
const decoded = (n: number) => (n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4);
/** One colour laid over another, so opaque, as browsers do it: on encoded values. */
const mixed = (over: Rgb, under: Rgb, part: number): Rgb =>
  over.map((n, i) => decoded(encoded(n) * part + encoded(under[i] ?? 0) * (1 - part))) as Rgb;
const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
function contrast(one: Rgb, other: Rgb): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((p, q) => q - p);
  return (light + 0.05) / (dark + 0.05);
}

const SURFACES = ['ink-0', 'ink-1', 'ink-2', 'ink-3'];
const TEXTS = ['text-1', 'text-2', 'text-3', 'thread', 'ok', 'run', 'wait', 'fail', 'idle', 'class-c'];
const STATES = ['thread', 'ok', 'run', 'wait', 'fail', 'idle', 'class-c'];

describe.each(THEMES)('in the %s theme', (theme) => {
  it('each text reaches 4.5 : 1 on each surface', () => {
    for (const text of TEXTS)
      for (const surface of SURFACES) {
        const reached = contrast(colour(text, theme), colour(surface, theme));
        expect({ text, surface, enough: reached >= 4.5, reached }).toMatchObject({ enough: true });
      }
  });

  it('so does the word of a state on its own tint', () => {
    for (const state of STATES)
      for (const surface of SURFACES.slice(0, 3)) {
        const tint = mixed(colour(state, theme), colour(surface, theme), 0.12);
        const reached = contrast(colour(state, theme), tint);
        expect({ state, surface, enough: reached >= 4.5, reached }).toMatchObject({ enough: true });
      }
  });

  it('and what stands on filled buttons', () => {
    for (const fill of ['thread', 'fail'])
      expect(contrast(colour(`${fill}-ink`, theme), colour(fill, theme))).toBeGreaterThanOrEqual(4.5);
  });

  it('the edge of a field reaches 3 : 1', () => {
    for (const surface of SURFACES.slice(0, 3))
      expect(contrast(colour('line-field', theme), colour(surface, theme))).toBeGreaterThanOrEqual(3);
  });
});
