import { onThemeChange, readInks } from './inks.ts';
import { placesOf, type View } from './layout.ts';
import { plainRenderer } from './plain-renderer.ts';
import type { Renderer, Size } from './renderer.ts';
import type { Thread } from './thread.ts';
import { webglRenderer } from './webgl-renderer.ts';

/** The least time between two pictures, in milliseconds: what drifts this slowly needs no more. */
const BETWEEN = 30;
const MOST_DENSITY = 2;

/** What is played. */
export interface Scene {
  threads: readonly Thread[];
  /** The moments to draw when so many milliseconds have been played. */
  viewsAt: (played: number) => View[];
}

/** A picture that moves. It rests by itself while it cannot be seen. */
export interface Player {
  show: (scene: Scene) => void;
  pause: () => void;
  play: () => void;
  end: () => void;
}

/** Plays a scene on a canvas; null where neither WebGL nor a 2D canvas is to be had. */
export function startPlayer(canvas: HTMLCanvasElement, first: Scene): Player | null {
  const renderer = webglRenderer(canvas) ?? plainRenderer(canvas);
  return renderer === null ? null : new CanvasPlayer(canvas, { renderer, first });
}

class CanvasPlayer implements Player {
  private readonly renderer: Renderer;
  private readonly observers: (() => void)[] = [];
  private scene: Scene;
  private size: Size = { width: 0, height: 0, density: 0 };
  private frame = 0;
  private drawnAt = 0;
  private played = 0;
  private isSeen = true;
  private isPaused = false;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    { renderer, first }: { renderer: Renderer; first: Scene },
  ) {
    this.renderer = renderer;
    this.scene = first;
    this.recolour();
    this.resize();
    this.show(first);
    this.observe();
    this.wake();
  }

  show(scene: Scene): void {
    this.scene = scene;
    this.renderer.load(scene.threads, placesOf(scene.threads));
    this.draw();
  }

  pause(): void {
    this.isPaused = true;
    this.wake();
  }

  play(): void {
    this.isPaused = false;
    this.wake();
  }

  end(): void {
    cancelAnimationFrame(this.frame);
    for (const stop of this.observers) stop();
    this.renderer.end();
  }

  private recolour(): void {
    this.renderer.recolour(readInks(this.canvas.parentElement ?? document.body));
  }

  /** Fits the picture to its place; false when it did so already. */
  private resize(): boolean {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const size = { width, height, density: Math.min(MOST_DENSITY, devicePixelRatio) };
    if (width === this.size.width && height === this.size.height && size.density === this.size.density)
      return false;
    this.size = size;
    this.renderer.resize(size);
    return true;
  }

  private observe(): void {
    const { canvas } = this;
    const recolour = (): void => {
      this.recolour();
      this.draw();
    };
    const size = new ResizeObserver(() => this.resize() && this.draw());
    size.observe(canvas);
    const sight = new IntersectionObserver(([entry]) => {
      this.isSeen = entry?.isIntersecting ?? true;
      this.wake();
    });
    sight.observe(canvas);
    const hide = (): void => this.wake();
    document.addEventListener('visibilitychange', hide);
    this.observers.push(
      onThemeChange(recolour),
      () => size.disconnect(),
      () => sight.disconnect(),
      () => document.removeEventListener('visibilitychange', hide),
    );
  }

  /** Begins to draw, or stops: nothing is done for a picture that nobody sees. */
  private wake(): void {
    cancelAnimationFrame(this.frame);
    if (this.isPaused || !this.isSeen || document.hidden) return;
    this.drawnAt = performance.now();
    const next = (at: number): void => {
      this.frame = requestAnimationFrame(next);
      if (at - this.drawnAt < BETWEEN) return;
      this.played += at - this.drawnAt;
      this.drawnAt = at;
      this.draw();
    };
    this.frame = requestAnimationFrame(next);
  }

  private draw(): void {
    this.renderer.draw(this.scene.viewsAt(this.played));
  }
}
