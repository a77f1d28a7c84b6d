import { createHash } from 'node:crypto';
import type { ApprovalView } from '../activities/approvals/index.ts';
import type { FormField } from '../workflows/approvals/form.ts';

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 42rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
dt { font-weight: 600; margin-top: .75rem; }
dd { margin: 0; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; }
label, legend { display: block; font-weight: 600; margin-top: 1rem; }
input[type=text], input[type=number], select, textarea { width: 100%; box-sizing: border-box; font: inherit; padding: .5rem; }
.check { display: flex; gap: .5rem; align-items: baseline; }
.check label { margin-top: 0; }
.problem { border-inline-start: .25rem solid; padding-inline-start: .75rem; }
.buttons { display: flex; flex-wrap: wrap; gap: 1rem; margin-top: 1.5rem; }
button { font: inherit; font-weight: 600; min-height: 2.75rem; min-width: 8rem; padding: .5rem 1rem; cursor: pointer; }
:focus-visible { outline: .2rem solid; outline-offset: .15rem; }
`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** The headers of each page: no script, no frame, no cache, no index, and no word of the address to anybody. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
};

/** What somebody typed in, as it came: shown again when it cannot be taken as it is. */
export type Typed = Readonly<Record<string, string>>;

/** What the page with the form shows. `problem` says why the last try was not taken. */
export interface AskPage {
  approval: ApprovalView;
  person: { email: string; name: string };
  typed: Typed;
  problem: string | null;
}

/** The names of the form's own inputs; those of answers begin with this. */
export const ANSWER_PREFIX = 'answer.';

/** A page that says one thing. */
export function messagePage(title: string, text: string): string {
  return page(title, `<h1>${html(title)}</h1>\n<p>${html(text)}</p>`);
}

/** The page on which somebody decides. Opening it changes nothing: only its two buttons do. */
export function askPage({ approval, person, typed, problem }: AskPage): string {
  const { title, plan, requester, quorum } = approval;
  const kind = approval.class;
  const guards = plan.guards.map((guard) => `<li>${html(guard.summary)} (Class ${guard.class})</li>`);
  const facts: [string, string][] = [
    ['Class', html(`${kind}: ${CLASS_TEXTS[kind]}`)],
    ['What goes on once this is approved', list(guards)],
    ...(plan.details === null
      ? []
      : [['Details', `<pre>${html(textOf(plan.details))}</pre>`] as [string, string]]),
    ['Workflow', html(`${plan.workflow.name}, version ${plan.workflow.version}`)],
    [
      'Asked for by',
      html(requester === null ? 'nobody in person' : `${requester.name} (${requester.email})`),
    ],
    ['Decide until', time(approval.expiresAt)],
    ['Approvals so far', html(`${approval.decisions.length} of ${quorum}`)],
    ['You decide as', html(`${person.name} (${person.email})`)],
  ];
  const rows = facts.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`);
  return page(
    title,
    [
      `<h1>${html(title)}</h1>`,
      ...(problem === null
        ? []
        : [`<p class="problem" role="alert"><strong>Not taken yet.</strong> ${html(problem)}</p>`]),
      `<dl>${rows.join('\n')}</dl>`,
      '<form method="post" autocomplete="off">',
      ...(approval.form ?? []).map((field) => input(field, typed)),
      `<label for="reason">${kind === 'C' ? 'Why? (needed)' : 'Why? (if you like)'}</label>`,
      `<textarea id="reason" name="reason" rows="3" maxlength="2000"${kind === 'C' ? ' required' : ''}>${html(typed['reason'] ?? '')}</textarea>`,
      '<div class="buttons">',
      '<button type="submit" name="decision" value="APPROVE">Approve</button>',
      // A denial needs no answers: the browser must not ask for them.
      '<button type="submit" name="decision" value="DENY" formnovalidate>Deny</button>',
      '</div>',
      '</form>',
      '<p>A decision cannot be changed. This link works once and is yours alone.</p>',
    ].join('\n'),
  );
}

const CLASS_TEXTS = {
  A: 'runs by itself',
  B: 'one person must approve',
  C: 'two people with different roles must approve, each with a reason',
} as const;

function input(field: FormField, typed: Typed): string {
  const { name, label, type, required, maxLength, options = [] } = field;
  const key = `${ANSWER_PREFIX}${name}`;
  const given = typed[key] ?? '';
  const at = `id="${html(key)}" name="${html(key)}"${required && type !== 'boolean' ? ' required' : ''}`;
  const words = `<label for="${html(key)}">${html(label)}${required ? ' (needed)' : ''}</label>`;
  switch (type) {
    case 'text':
      return `${words}<input type="text" ${at}${maxLength === undefined ? '' : ` maxlength="${maxLength}"`} value="${html(given)}">`;
    case 'number':
      return `${words}<input type="number" step="any" ${at} value="${html(given)}">`;
    case 'boolean':
      return `${words}<select ${at}>${choices(['', 'true', 'false'], given, { true: 'Yes', false: 'No' })}</select>`;
    case 'choice':
      return `${words}<select ${at}>${choices(['', ...options], given, {})}</select>`;
  }
}

function choices(values: readonly string[], given: string, words: Typed): string {
  return values
    .map((value) => {
      const selected = value === given ? ' selected' : '';
      return `<option value="${html(value)}"${selected}>${html(words[value] ?? value)}</option>`;
    })
    .join('');
}

function list(items: string[]): string {
  return items.length === 0
    ? 'The next steps of the workflow, which change nothing outside.'
    : `<ul>${items.join('')}</ul>`;
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${html(title)} – Levqor</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML, safe between tags and inside quoted attributes. */
function html(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');
}

function textOf(details: unknown): string {
  return typeof details === 'string' ? details : JSON.stringify(details, null, 2);
}

const time = (iso: string) =>
  `<time datetime="${html(iso)}">${html(`${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`)}</time>`;
