import type { CaughtMail } from './caught-mail.ts';

const STYLE =
  'body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;background:#0f1218;color:#e6e9ef}' +
  'a{color:#8ab4ff}table{border-collapse:collapse;width:100%}td,th{text-align:start;padding:.4rem .8rem;border-bottom:1px solid #2a2f3a}' +
  'pre{white-space:pre-wrap;background:#171b24;padding:1rem;border-radius:8px}';

/** The page with all letters, newest first. */
export function mailListPage(mails: CaughtMail[]): string {
  const rows = mails.map(
    (mail) =>
      `<tr><td>${escape(mail.date.slice(0, 19).replace('T', ' '))}</td><td dir="auto">${escape(mail.to.join(', '))}</td>` +
      `<td dir="auto"><a href="/messages/${mail.id}">${escape(mail.subject)}</a></td><td>${mail.deliveries}</td></tr>`,
  );
  const table =
    mails.length === 0
      ? '<p>No letters yet. They come here when a run sends them; nothing leaves this machine.</p>'
      : `<table><tr><th>Time (UTC)</th><th>To</th><th>Subject</th><th>Deliveries</th></tr>${rows.join('')}</table>`;
  return page(`Letters (${mails.length})`, table);
}

/** The page of one letter. */
export function mailPage(mail: CaughtMail): string {
  const about = `<p>From ${escape(mail.from)}<br>To ${escape(mail.to.join(', '))}<br>${escape(mail.date)}<br>Message-ID ${escape(mail.messageId)}</p>`;
  return page(
    mail.subject,
    `${about}<pre dir="auto">${withLinks(escape(mail.text))}</pre><p><a href="/">All letters</a></p>`,
  );
}

/** Addresses in a text that was escaped become links. */
function withLinks(escaped: string): string {
  return escaped.replace(
    /https?:\/\/[^\s<]+/g,
    (address) => `<a rel="noreferrer" href="${address}">${address}</a>`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(title)}</title><style>${STYLE}</style><h1 dir="auto">${escape(title)}</h1>${body}</html>`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
