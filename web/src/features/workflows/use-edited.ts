'use client';

import { useState, useSyncExternalStore } from 'react';
import { forgetDraft, keepDraft, readDraft } from '../../lib/drafts.ts';
import type { ShownWorkflow } from './loaders.ts';

/** A text, and the hash of the stored draft that it began with. */
export interface Based {
  text: string;
  hash: string;
}

/** A definition under work. */
export interface Edited {
  text: string;
  /** What is stored, as far as this page knows. */
  base: Based;
  /** The text was typed before this page was loaded, and never saved. */
  isBack: boolean;
  edit: (text: string) => void;
  /** To be called when this was stored. */
  settle: (stored: Based) => void;
}

/** The definition of a workflow's draft as somebody edits it. What is not saved is kept in this tab. */
export function useEdited({ id, draft }: Pick<ShownWorkflow, 'id' | 'draft'>): Edited {
  const name = `definition ${id}`;
  const [base, setBase] = useState<Based>(() => ({
    text: JSON.stringify(draft.definition, null, 2),
    hash: draft.hash,
  }));
  const [typed, setTyped] = useState<string | null>(null);
  // The server knows nothing of it: the first picture is the stored text.
  const keptText = useSyncExternalStore(
    () => () => undefined,
    () => readDraft(name),
    () => null,
  );
  const kept = keptText === null ? null : (JSON.parse(keptText) as Based);
  const isBack = typed === null && kept !== null && kept.text !== base.text;
  // Typed over a draft that somebody has saved over since: saving must say so.
  const under = kept === null ? base : { text: base.text, hash: kept.hash };
  return {
    text: typed ?? kept?.text ?? base.text,
    base: under,
    isBack,
    edit: (text) => {
      setTyped(text);
      if (text === base.text) forgetDraft(name);
      else keepDraft(name, JSON.stringify({ text, hash: under.hash } satisfies Based));
    },
    settle: (now) => {
      forgetDraft(name);
      setTyped(now.text);
      setBase(now);
    },
  };
}
