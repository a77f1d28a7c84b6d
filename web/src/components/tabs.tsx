'use client';

import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

/** One of several views in the same place. */
export interface Tab {
  id: string;
  title: string;
  content: ReactNode;
}

/** Several views in one place; the arrow keys change them. */
export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  return (
    <Radix.Root defaultValue={tabs[0]?.id ?? ''} className="flex flex-col gap-3">
      <Radix.List aria-label={label} className="flex gap-1 overflow-x-auto border-b border-line-soft">
        {tabs.map(({ id, title }) => (
          <Radix.Trigger
            key={id}
            value={id}
            className="-mb-px cursor-pointer whitespace-nowrap border-b-2 border-transparent px-2.5 py-1.5 text-13 text-explain hover:text-say data-[state=active]:border-thread data-[state=active]:text-say"
          >
            {title}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map(({ id, content }) => (
        <Radix.Content key={id} value={id} className="focus-visible:outline-offset-4">
          {content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
