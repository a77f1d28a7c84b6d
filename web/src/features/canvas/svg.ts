import { MARKS, type Course, type Mark, type MarkKind } from './layout.ts';

/** Size of a picture of threads in SVG. */
export const PICTURE = { width: 1_200, height: 600 };

/** The line of a thread as the `d` of an SVG path: its bow as a cubic curve, then straight on. */
export function pathOf({ bowX, startX, endX, rootY, laneY }: Course): string {
  const third = (startX - bowX) / 3;
  const bow = [point(bowX + third, rootY), point(startX - third, laneY), point(startX, laneY)].join(' ');
  return `M${point(bowX, rootY)}C${bow}H${rounded(endX * PICTURE.width)}`;
}

/** All marks of one kind as the `d` of one path: dots are lines without length, rings two halves, failures crosses. */
export function marksPath(kind: MarkKind, marks: readonly Mark[]): string {
  const { radius: r } = MARKS[kind];
  return marks
    .map(({ x, y }) => {
      if (isFilled(kind)) return `M${point(x, y)}h0`;
      const shifted = (dx: number, dy: number): string =>
        `M${rounded(x * PICTURE.width + dx)} ${rounded(y * PICTURE.height + dy)}`;
      if (kind === 'failure') return `${shifted(-r, -r)}l${2 * r} ${2 * r}m0-${2 * r}l-${2 * r} ${2 * r}`;
      return `${shifted(-r, 0)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0-${2 * r} 0`;
    })
    .join('');
}

/** Whether a mark is a dot, drawn by the round end of a line. */
export function isFilled(kind: MarkKind): boolean {
  return kind === 'step' || kind === 'head';
}

function point(x: number, y: number): string {
  return `${rounded(x * PICTURE.width)} ${rounded(y * PICTURE.height)}`;
}

/** A number with one digit behind the point: more is not seen, and pages would grow. */
export function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
