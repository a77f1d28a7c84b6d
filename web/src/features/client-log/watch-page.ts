import { CLIENT_LOG_LIMITS } from '../../../../workflows/telemetry/limits.ts';
import type { ClientEvent } from '../../../../workflows/telemetry/model.ts';
import { pageShape, scrubText } from '../../../../workflows/telemetry/scrub.ts';
import { isTold, PageLog } from './page-log.ts';

const INGEST = '/api/client-log';
/** Milliseconds between two sendings. */
const EVERY = 5_000;
/** The bodies of requests that outlive their page may have 64 KiB in all; ours is well below. */
const { text, stack, page } = CLIENT_LOG_LIMITS;

type Note = (event: ClientEvent) => void;

/** Watches this page and tells the server what goes wrong and, for a share of the visits, how fast it was. */
export function watchPage(): () => void {
  const log = new PageLog();
  const draw = Math.random();
  const away = new AbortController();
  const note: Note = (event) => {
    if (isTold(event.kind, draw)) log.note(event, Date.now());
  };
  watchFaults(note, away.signal);
  watchRequests(note, away.signal);
  if (isTold('vital', draw)) watchVitals(note);
  sendNowAndThen(log, away);
  return () => away.abort();
}

function here(): string {
  return pageShape(location.pathname).slice(0, page);
}

function watchFaults(note: Note, signal: AbortSignal): void {
  const fault = (kind: 'error' | 'rejection', thrown: unknown, words: string): void => {
    const { message = words, stack: lines, digest } = Object(thrown) as Partial<Error & { digest: string }>;
    note({
      ...{ kind, page: here(), count: 1 },
      message: scrubText(String(message), text),
      stack: typeof lines === 'string' ? scrubText(lines, stack) : null,
      digest: typeof digest === 'string' ? digest.slice(0, 64) : null,
    });
  };
  window.addEventListener('error', ({ error, message }) => fault('error', error, message), { signal });
  const rejected = ({ reason }: PromiseRejectionEvent): void => {
    // Next moves to other pages by throwing; that is no fault.
    const { digest } = Object(reason) as { digest?: unknown };
    if (typeof digest === 'string' && digest.startsWith('NEXT_')) return;
    fault('rejection', reason, String(reason));
  };
  window.addEventListener('unhandledrejection', rejected, { signal });
  document.addEventListener(
    'securitypolicyviolation',
    ({ effectiveDirective, blockedURI }) =>
      note({
        ...{ kind: 'policy', page: here(), count: 1 },
        directive: effectiveDirective.slice(0, 60),
        blocked: pageShape(blockedURI).slice(0, page),
      }),
    { signal },
  );
}

/** Requests to this server that it did not answer well. */
function watchRequests(note: Note, signal: AbortSignal): void {
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { name, responseStatus = 0 } = entry as PerformanceResourceTiming;
      const { origin, pathname } = new URL(name, location.href);
      if (responseStatus < 400 || origin !== location.origin || pathname === INGEST) continue;
      const path = pageShape(pathname).slice(0, page);
      note({ kind: 'request', page: here(), path, status: responseStatus, count: 1 });
    }
  });
  observer.observe({ type: 'resource', buffered: true });
  signal.addEventListener('abort', () => observer.disconnect());
}

/** Loaded only for visits that tell. */
function watchVitals(note: Note): void {
  const told = ({ name, value }: { name: string; value: number }): void => {
    const known = (['CLS', 'FCP', 'INP', 'LCP', 'TTFB'] as const).find((one) => one === name);
    if (known) note({ kind: 'vital', page: here(), name: known, value: Math.round(value * 1_000) / 1_000 });
  };
  import('web-vitals').then(
    (vitals) => {
      for (const on of [vitals.onCLS, vitals.onFCP, vitals.onINP, vitals.onLCP, vitals.onTTFB]) on(told);
    },
    () => undefined,
  );
}

/** Sends while there is a connection, and last when the page goes. A server that has had enough gets no more. */
function sendNowAndThen(log: PageLog, away: AbortController): void {
  const batch = (): string | null => {
    if (away.signal.aborted || !navigator.onLine) return null;
    const events = log.take(Date.now());
    return events.length === 0 ? null : JSON.stringify({ events });
  };
  const timer = setInterval(() => {
    const body = batch();
    if (body === null) return;
    const headers = { 'content-type': 'application/json' };
    fetch(INGEST, { method: 'POST', headers, body, keepalive: true }).then(
      ({ status }) => (status === 429 ? away.abort() : undefined),
      () => undefined,
    );
  }, EVERY);
  away.signal.addEventListener('abort', () => clearInterval(timer));
  const last = (): void => {
    if (document.visibilityState !== 'hidden') return;
    const body = batch();
    if (body !== null) navigator.sendBeacon(INGEST, new Blob([body], { type: 'application/json' }));
  };
  document.addEventListener('visibilitychange', last, { signal: away.signal });
}
