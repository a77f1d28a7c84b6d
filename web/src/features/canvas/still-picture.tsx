import {
  courseOf,
  inkOf,
  MARKS,
  marksOf,
  placesOf,
  thinned,
  type Mark,
  type MarkKind,
  type View,
} from './layout.ts';
import { isFilled, marksPath, pathOf, PICTURE, rounded } from './svg.ts';
import type { Thread } from './thread.ts';

/** Marks that lie closer than this, as a part of the width, are drawn as one. */
const GAP = 0.006;
const KINDS = Object.keys(MARKS) as MarkKind[];

interface StillProps {
  threads: readonly Thread[];
  view: View;
  /** All threads are to be seen, whatever the shape of the place; else the place is filled, and what does not fit is cut. */
  isWhole?: boolean;
}

/** Threads at one moment, as a picture that needs no script. */
export function StillPicture({ threads, view, isWhole = false }: StillProps) {
  const places = placesOf(threads);
  return (
    <svg
      viewBox={`0 0 ${PICTURE.width} ${PICTURE.height}`}
      preserveAspectRatio={isWhole ? 'xMaxYMid meet' : 'xMaxYMid slice'}
      fill="none"
      strokeLinecap="round"
      className="size-full"
      aria-hidden="true"
      focusable="false"
    >
      {threads.map((thread, i) => {
        const place = places[i];
        const course = place && courseOf(thread, place, view);
        if (!course) return null;
        const marks = thinned(marksOf(thread, course, view), GAP);
        return (
          <g key={thread.id} opacity={rounded(course.strength)}>
            <path d={pathOf(course)} stroke={`var(--${inkOf(thread, view.now)})`} strokeWidth="1.3" />
            {KINDS.map((kind) => (
              <StillMarks key={kind} kind={kind} marks={marks.filter((mark) => mark.kind === kind)} />
            ))}
          </g>
        );
      })}
    </svg>
  );
}

function StillMarks({ kind, marks }: { kind: MarkKind; marks: Mark[] }) {
  if (marks.length === 0) return null;
  const { ink, radius } = MARKS[kind];
  return (
    <path
      d={marksPath(kind, marks)}
      stroke={`var(--${ink})`}
      strokeWidth={isFilled(kind) ? 2 * radius : 1.6}
    />
  );
}
