import {
  courseOf,
  inkOf,
  MARKS,
  marksOf,
  thinned,
  type Course,
  type Ink,
  type Mark,
  type MarkKind,
  type Place,
} from './layout.ts';
import { FAINT, HALF_WIDTH, type Inks, type Renderer, type Size } from './renderer.ts';
import type { Thread } from './thread.ts';

const FULL_TURN = 2 * Math.PI;
const KINDS = Object.keys(MARKS) as MarkKind[];
/** Marks that lie closer than this, as a part of the width, are drawn as one. */
const GAP = 0.004;

/** Draws with the browser's own 2D canvas; null where there is none. */
export function plainRenderer(canvas: HTMLCanvasElement): Renderer | null {
  const context = canvas.getContext('2d');
  if (context === null) return null;
  const pen = new Pen(context);
  let threads: readonly Thread[] = [];
  let places: readonly Place[] = [];
  return {
    load: (nextThreads, nextPlaces) => {
      threads = nextThreads;
      places = nextPlaces;
    },
    recolour: (inks) => pen.recolour(inks),
    resize: (size) => {
      canvas.width = Math.round(size.width * size.density);
      canvas.height = Math.round(size.height * size.density);
      pen.resize(size);
    },
    draw: (views) => {
      pen.wipe();
      for (const view of views)
        for (const [i, thread] of threads.entries()) {
          const place = places[i];
          const course = place && courseOf(thread, place, view);
          if (course)
            pen.thread({
              course,
              ink: inkOf(thread, view.now),
              marks: thinned(marksOf(thread, course, view), GAP),
            });
        }
    },
    end: () => undefined,
  };
}

interface Drawn {
  course: Course;
  ink: Ink;
  marks: Mark[];
}

class Pen {
  private size: Size = { width: 1, height: 1, density: 1 };
  private inks: Record<Ink, string> = { thread: '', wait: '', fail: '', idle: '' };

  constructor(private readonly context: CanvasRenderingContext2D) {}

  recolour(inks: Inks): void {
    const css = ([red, green, blue]: Inks[Ink]): string => `rgb(${red * 255} ${green * 255} ${blue * 255})`;
    this.inks = {
      thread: css(inks.thread),
      wait: css(inks.wait),
      fail: css(inks.fail),
      idle: css(inks.idle),
    };
  }

  resize(size: Size): void {
    this.size = size;
  }

  wipe(): void {
    const { width, height, density } = this.size;
    this.context.setTransform(density, 0, 0, density, 0, 0);
    this.context.clearRect(0, 0, width, height);
  }

  thread({ course, ink, marks }: Drawn): void {
    const { context } = this;
    this.line(course, ink);
    context.globalAlpha = course.strength;
    for (const kind of KINDS) this.marks(kind, marks);
    context.globalAlpha = 1;
  }

  private line({ bowX, startX, endX, rootY, laneY, strength }: Course, ink: Ink): void {
    const { context, size } = this;
    const [x, y] = [(part: number) => part * size.width, (part: number) => part * size.height];
    const third = (startX - bowX) / 3;
    context.strokeStyle = this.inks[ink];
    context.lineWidth = 2 * HALF_WIDTH;
    context.globalAlpha = strength * ((1 + FAINT) / 2);
    context.beginPath();
    context.moveTo(x(bowX), y(rootY));
    context.bezierCurveTo(x(bowX + third), y(rootY), x(startX - third), y(laneY), x(startX), y(laneY));
    context.stroke();
    context.globalAlpha = strength;
    context.beginPath();
    context.moveTo(x(startX), y(laneY));
    context.lineTo(x(endX), y(laneY));
    context.stroke();
  }

  /** All marks of one kind on a thread as one path: each further one costs several times as much by itself. */
  private marks(kind: MarkKind, all: readonly Mark[]): void {
    const marks = all.filter((mark) => mark.kind === kind);
    if (marks.length === 0) return;
    const { context, size } = this;
    context.strokeStyle = context.fillStyle = this.inks[MARKS[kind].ink];
    context.lineWidth = 1.6;
    context.beginPath();
    for (const mark of marks) {
      const [x, y] = [mark.x * size.width, mark.y * size.height];
      const radius = MARKS[kind].radius * mark.swell;
      if (kind === 'failure') {
        context.moveTo(x - radius, y - radius);
        context.lineTo(x + radius, y + radius);
        context.moveTo(x + radius, y - radius);
        context.lineTo(x - radius, y + radius);
      } else {
        context.moveTo(x + radius, y);
        context.arc(x, y, radius, 0, FULL_TURN);
      }
    }
    if (kind === 'step' || kind === 'head') context.fill();
    else context.stroke();
  }
}
