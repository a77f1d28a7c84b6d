import { Info } from 'lucide-react';
import type { ReactNode } from 'react';

/** Something worth knowing before one goes on, such as why something cannot be done here. */
export function Note({ children }: { children: ReactNode }) {
  return (
    <div className="mb-4 flex max-w-prose items-start gap-2 text-13 text-explain">
      <Info size={15} aria-hidden="true" className="mt-0.5 shrink-0 text-aside" />
      <div>{children}</div>
    </div>
  );
}
