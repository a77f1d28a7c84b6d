import { classNames } from './class-names.ts';
import { StateShape, type StateTone } from './state-shape.tsx';

const TEXT: Record<StateTone, string> = {
  ok: 'text-ok',
  run: 'text-run',
  wait: 'text-wait',
  fail: 'text-fail',
  idle: 'text-idle',
};

/** How something stands: a shape and a word, and a colour besides. */
export function StateBadge({
  tone,
  word,
  isBare = false,
}: {
  tone: StateTone;
  word: string;
  isBare?: boolean;
}) {
  return (
    <span
      className={classNames(
        'inline-flex items-center gap-1.5 whitespace-nowrap text-13 font-medium',
        TEXT[tone],
        !isBare && 'rounded-full bg-current/12 py-0.5 ps-2 pe-2.5',
      )}
    >
      <StateShape tone={tone} />
      {word}
    </span>
  );
}
