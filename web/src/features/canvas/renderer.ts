import type { Ink, Place, View } from './layout.ts';
import type { Thread } from './thread.ts';

/** Size of the picture in CSS pixels, and how many pixels of the screen one of them has. */
export interface Size {
  width: number;
  height: number;
  density: number;
}

/** A colour as red, green and blue, each 0 to 1. */
export type Rgb = readonly [red: number, green: number, blue: number];
export type Inks = Record<Ink, Rgb>;

/** Draws threads; there is one with WebGL and one without. */
export interface Renderer {
  load(threads: readonly Thread[], places: readonly Place[]): void;
  recolour(inks: Inks): void;
  resize(size: Size): void;
  /** Draws the same threads at several moments over each other: a recording that begins anew still shows its end. */
  draw(views: readonly View[]): void;
  end(): void;
}

/** Half the width of a thread, in CSS pixels. */
export const HALF_WIDTH = 0.7;
/** How much of its strength a thread has where its bow begins. */
export const FAINT = 0.25;
