'use client';

import { Button, buttonLook, type ButtonTone } from '../../components/button.tsx';
import { ClassBadge } from '../../components/class-badge.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Logo } from '../../components/logo.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { StateShape, type StateTone } from '../../components/state-shape.tsx';
import { WORDS } from './words.ts';

const TONES: ButtonTone[] = ['main', 'plain', 'quiet', 'danger'];
const STATES: StateTone[] = ['ok', 'run', 'wait', 'fail', 'idle'];

/** Buttons of each tone: ready, not to be pressed, under way. */
export function ButtonSamples() {
  return (
    <div className="flex flex-col gap-3">
      {TONES.map((tone) => (
        <div key={tone} className="flex flex-wrap items-center gap-3">
          <code className="w-16 font-mono text-12 text-aside">{tone}</code>
          <Button tone={tone}>{WORDS.press}</Button>
          <Button tone={tone} disabled>
            {WORDS.disabled}
          </Button>
          <Button tone={tone} isBusy>
            {WORDS.busy}
          </Button>
          <a href="#top" className={buttonLook(tone)}>
            {WORDS.link}
          </a>
        </div>
      ))}
      <div>
        <CopyButton text={WORDS.sample} label={WORDS.copy} done={WORDS.copied} />
      </div>
    </div>
  );
}

/** States by shape and word, the classes of approvals, and the logo. */
export function StateSamples() {
  return (
    <div className="flex flex-wrap items-center gap-4">
      {STATES.map((tone) => (
        <span key={tone} className="flex items-center gap-3">
          <StateShape tone={tone} size={16} />
          <StateBadge tone={tone} word={tone} />
          <StateBadge tone={tone} word={tone} isBare />
        </span>
      ))}
      <ClassBadge grade="A" />
      <ClassBadge grade="B" />
      <ClassBadge grade="C" />
      <Logo size={32} />
      <span className="hatched h-8 w-24 rounded-1 border border-line" />
    </div>
  );
}
