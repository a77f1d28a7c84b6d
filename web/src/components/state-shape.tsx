/** The five ways in which something can stand. */
export type StateTone = 'ok' | 'run' | 'wait' | 'fail' | 'idle';

/** A shape for each state, so that nobody has to tell colours apart: dot, arrow, gate, cross, ring. */
export function StateShape({ tone, size = 10 }: { tone: StateTone; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 10 10"
      aria-hidden="true"
      focusable="false"
      className="shrink-0"
    >
      {SHAPES[tone]}
    </svg>
  );
}

const LINE = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.8, strokeLinecap: 'round' } as const;

const SHAPES: Record<StateTone, React.ReactNode> = {
  ok: <circle cx="5" cy="5" r="3.6" fill="currentColor" />,
  run: <path d="M2.4 1.4 8.6 5 2.4 8.6Z" fill="currentColor" />,
  wait: <path d="M3 1.5v7M7 1.5v7" {...LINE} />,
  fail: <path d="m2 2 6 6M8 2 2 8" {...LINE} />,
  idle: <circle cx="5" cy="5" r="3.4" {...LINE} />,
};
