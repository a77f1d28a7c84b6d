'use client';

import { useEffect } from 'react';
import { beginDraftsOf } from '../../lib/drafts.ts';

/** Sees to it that nobody finds what another person has typed in this tab. */
export function DraftsOf({ personId }: { personId: string }) {
  useEffect(() => beginDraftsOf(personId), [personId]);
  return null;
}
