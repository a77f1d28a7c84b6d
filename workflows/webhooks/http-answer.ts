import type { RunResponse } from '../runs/model.ts';

/** A run's answer as it goes over HTTP. */
export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  body: string | null;
}

/** Headers that a workflow may set, besides its own `x-…`. */
const ALLOWED = new Set([
  'cache-control',
  'content-disposition',
  'content-language',
  'content-type',
  'etag',
  'expires',
  'last-modified',
  'link',
  'location',
  'retry-after',
  'vary',
]);
// Commands to proxies and browsers in the form `x-…`, and what the platform sets itself.
const RESERVED =
  /^x-(accel|sendfile|lighttpd|forwarded|real-|original|content-type-options|frame-options|xss-|dns-prefetch|permitted|powered-by|request-id|ua-|robots)/;
const NAME = /^[a-z0-9!#$%&'*+.^_`|~-]{1,100}$/;
// Visible ASCII, spaces and tabs: a line break would begin a header or an answer of the workflow's own making.
const VALUE = /^[\t\x20-\x7e]{0,4096}$/;
const MAX_HEADERS = 50;

/** Answers without a body, whatever a workflow gives. */
const BODILESS = new Set([204, 205, 304]);

/**
 * Nothing that a workflow answers acts in the name of this address: a page runs no script, loads nothing, posts
 * nothing and has no origin.
 */
const SANDBOX = {
  'content-security-policy':
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};

/** Makes the HTTP answer. Headers that a workflow may not set, or that are no headers, are left out. */
export function httpAnswer({ status, headers, body }: RunResponse): HttpAnswer {
  const allowed = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name, value]) => isAllowed(name) && VALUE.test(value))
    .slice(0, MAX_HEADERS);
  const given: Record<string, string> = Object.fromEntries(allowed);
  if (body === null || BODILESS.has(status)) {
    delete given['content-type'];
    return { status, headers: { ...given, ...SANDBOX }, body: null };
  }
  const isText = typeof body === 'string';
  const type =
    given['content-type'] ?? (isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8');
  return {
    status,
    headers: { ...given, 'content-type': type, ...SANDBOX },
    body: isText ? body : JSON.stringify(body),
  };
}

function isAllowed(name: string): boolean {
  if (!NAME.test(name)) return false;
  return ALLOWED.has(name) || (name.startsWith('x-') && !RESERVED.test(name));
}
