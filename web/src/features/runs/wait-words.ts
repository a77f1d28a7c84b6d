/** What a step waits for: a kind, and the name that belongs to it. */
export interface WaitWords {
  kind: 'time' | 'approval' | 'event' | 'limit' | 'other';
  name: string;
}

const FORMS: [kind: WaitWords['kind'], form: RegExp][] = [
  ['time', /^time()$/],
  ['approval', /^approval, class (.+)$/],
  ['event', /^event (.+)$/s],
  ['limit', /^rate limit of connection (.+)$/],
];

/** Reads what the API says of a wait, so that it can be said in the reader's language. */
export function waitWords(waitingFor: string): WaitWords {
  for (const [kind, form] of FORMS) {
    const found = form.exec(waitingFor);
    if (found) return { kind, name: found[1] ?? '' };
  }
  return { kind: 'other', name: waitingFor };
}
