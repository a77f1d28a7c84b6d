import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  decideByLink,
  readApprovalLink,
  type LinkDecision,
  type LinkPage,
} from '../activities/approvals/index.ts';
import type { Log } from '../activities/log.ts';
import type { FormField } from '../workflows/approvals/form.ts';
import { DomainError } from '../workflows/errors.ts';
import type { Json, JsonObject } from '../workflows/json.ts';
import type { Doors } from './context.ts';
import { internalError } from './errors.ts';
import { ANSWER_PREFIX, askPage, messagePage, PAGE_HEADERS, type Typed } from './quick-link-page.ts';
import type { RateLimits } from './rate-limits.ts';

/** The parts that quick links need. */
export interface QuickLinks {
  doors: Doors;
  limits: RateLimits;
  log: Log;
}

/** The token is a secret: this is all that a log may say of the path. */
const PATH = '/approve/:token';
/** The most bytes of a filled-in form: 20 answers and a reason of the longest kind, escaped. */
const BODY_LIMIT = 512 * 1024;

interface LinkRoute {
  Params: { token: string };
}
type Call = FastifyRequest<LinkRoute>;

/**
 * Serves the pages of the links in mails. Opening one changes nothing, so that scanners of mail decide nothing; its
 * form is sent with POST.
 */
export function registerQuickLinks(fastify: FastifyInstance, parts: QuickLinks): void {
  void fastify.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    const shared = {
      url: PATH,
      onRequest: parts.limits.guard('approve'),
      errorHandler: (error: unknown, request: Call, reply: FastifyReply) =>
        void fail(parts.log, { error, request, reply }),
    };
    scope.route<LinkRoute>({
      ...shared,
      method: 'GET',
      handler: (request, reply) => show(parts, request, reply),
    });
    scope.route<LinkRoute>({
      ...shared,
      method: 'POST',
      bodyLimit: BODY_LIMIT,
      handler: (request, reply) => decide(parts, request, reply),
    });
  });
}

async function show({ doors }: QuickLinks, request: Call, reply: FastifyReply): Promise<FastifyReply> {
  const found = await readApprovalLink(doors, request.params.token);
  if (found.state !== 'open') return gone(reply, found);
  return send(reply, 200, askPage({ ...found, typed: {}, problem: null }));
}

async function decide({ doors }: QuickLinks, request: Call, reply: FastifyReply): Promise<FastifyReply> {
  if (!isFromOurPage(request, doors.publicUrl()))
    return send(
      reply,
      403,
      messagePage('Not taken', 'Open the link of the mail itself, and decide on its page.'),
    );
  const { token } = request.params;
  const found = await readApprovalLink(doors, token);
  if (found.state !== 'open') return gone(reply, found);
  const typed = (request.body ?? {}) as Typed;
  const decision = decisionOf(typed, found.approval.form ?? []);
  if (decision === null)
    return send(reply, 422, askPage({ ...found, typed, problem: 'Press Approve or Deny.' }));
  try {
    const { status } = await decideByLink(doors, { token, requestId: request.id }, decision);
    const [title, text] = decision.decision === 'APPROVE' ? APPROVED[status === 'APPROVED' ? 1 : 0] : DENIED;
    return await send(reply, 200, messagePage(title, text));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return refused(reply, error, (problem) => askPage({ ...found, typed, problem }));
  }
}

const APPROVED = [
  ['You approved this', 'Your approval is noted. One more person must approve before it goes on.'],
  ['You approved this', 'It is approved and goes on now. You can close this page.'],
] as const;
const DENIED = ['You denied this', 'It does not go on. You can close this page.'] as const;

function refused(reply: FastifyReply, error: DomainError, again: (problem: string) => string): FastifyReply {
  const { code, reason, message } = error;
  if (code === 'INVALID') return send(reply, 422, again(message));
  if (reason === 'link_used') return gone(reply, { state: 'used' });
  if (reason === 'link_expired') return gone(reply, { state: 'expired' });
  if (reason === 'link_unknown') return gone(reply, { state: 'unknown' });
  return send(reply, code === 'FORBIDDEN' ? 403 : 409, messagePage('Not taken', message));
}

function gone(reply: FastifyReply, found: Exclude<LinkPage, { state: 'open' }>): FastifyReply {
  switch (found.state) {
    case 'used':
      return send(
        reply,
        410,
        messagePage('This link was used already', 'Your decision is noted. A decision cannot be changed.'),
      );
    case 'expired':
      return send(
        reply,
        410,
        messagePage(
          'This link is no longer good',
          'The time to decide is over. If it still matters, whoever asked can start the workflow again.',
        ),
      );
    case 'closed':
      return send(reply, 410, messagePage('There is nothing to decide here', found.message));
    case 'unknown':
      return send(
        reply,
        404,
        messagePage('There is no such page', 'Check that you copied the whole link from the mail.'),
      );
  }
}

/**
 * True for a form that our own page sent. Browsers say so in Sec-Fetch-Site; older ones, and programs, in Origin. The
 * page's own Origin is `null`, since it tells nobody where it stands.
 */
function isFromOurPage({ headers }: FastifyRequest, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  return headers.origin !== undefined && headers.origin === new URL(publicUrl).origin;
}

function decisionOf(typed: Typed, form: readonly FormField[]): LinkDecision | null {
  const { decision, reason = null } = typed;
  if (decision !== 'APPROVE' && decision !== 'DENY') return null;
  const answers: JsonObject = {};
  for (const field of form) {
    const value = answerOf(field, typed[`${ANSWER_PREFIX}${field.name}`] ?? '');
    if (value !== null) answers[field.name] = value;
  }
  return { decision, reason, answers };
}

// Forms send text only. What is no number stays text, which the check then refuses in its own words.
function answerOf({ type }: FormField, text: string): Json {
  if (text.trim() === '') return null;
  if (type === 'number' && Number.isFinite(Number(text))) return Number(text);
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

async function fail(
  log: Log,
  { error, request, reply }: { error: unknown; request: Call; reply: FastifyReply },
): Promise<void> {
  const { statusCode: status = 500 } = Object(error) as { statusCode?: number };
  if (status < 500) {
    send(reply, status, messagePage('Not taken', 'This form could not be read. Open the link again.'));
    return;
  }
  const { message } = internalError(error, { requestId: request.id, log });
  send(reply, 500, messagePage('Something went wrong', message));
}

function send(reply: FastifyReply, status: number, body: string): FastifyReply {
  return reply.code(status).headers(PAGE_HEADERS).send(body);
}
