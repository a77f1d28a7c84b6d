import type { ReactNode } from 'react';
import { PageHeader } from '../../components/page-header.tsx';
import { ButtonSamples, StateSamples } from './button-samples.tsx';
import { CrowdPicture } from './crowd-picture.tsx';
import { ListSamples, WaitingSamples } from './list-samples.tsx';
import { FieldSamples, QuestionSamples } from './interactive-samples.tsx';
import { COLOURS, CORNERS, SIZES } from './tokens.ts';
import { WORDS } from './words.ts';

/** Everything that pages are made of, to be looked at. */
export function DesignPage() {
  return (
    <main className="mx-auto flex max-w-[84rem] flex-col gap-10 px-5 py-8">
      <PageHeader title={WORDS.title} lead={WORDS.lead} />
      <Section title={WORDS.colours}>
        <Colours />
      </Section>
      <Section title={WORDS.sizes}>
        {SIZES.map((size) => (
          <p key={size} className={size}>
            <code className="font-mono text-12 text-aside">{size}</code> {WORDS.sample}
          </p>
        ))}
      </Section>
      <Section title={WORDS.corners}>
        <div className="flex gap-4">
          {CORNERS.map((corner) => (
            <div key={corner} className={`border border-line bg-ink-2 px-6 py-4 ${corner}`}>
              <code className="font-mono text-12">{corner}</code>
            </div>
          ))}
        </div>
      </Section>
      <Section title={WORDS.buttons}>
        <ButtonSamples />
      </Section>
      <Section title={WORDS.states}>
        <StateSamples />
      </Section>
      <Section title={WORDS.fields}>
        <FieldSamples />
      </Section>
      <Section title={WORDS.questions}>
        <QuestionSamples />
      </Section>
      <Section title={WORDS.lists}>
        <ListSamples />
      </Section>
      <Section title={WORDS.waiting}>
        <WaitingSamples />
      </Section>
      <Section title={WORDS.living}>
        <CrowdPicture />
      </Section>
    </main>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-4 border-t border-line-soft pt-5">
      <h2 className="text-16 font-semibold">{title}</h2>
      {children}
    </section>
  );
}

function Colours() {
  return (
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-3">
      {COLOURS.map((name) => (
        <li key={name} className="overflow-hidden rounded-1 border border-line bg-ink-1">
          <div className="h-12" style={{ background: `var(--${name})` }} />
          <code className="block px-2 py-1 font-mono text-12">{name}</code>
        </li>
      ))}
    </ul>
  );
}
