const SHOWN_SOURCE = 80;
const SHOWN_DETAIL = 300;

/** `EXPRESSION_LIMIT`: it asks for too much. `EXPRESSION_FAILED`: it is wrong, or wrong for this data. */
export type ExpressionErrorCode = 'EXPRESSION_FAILED' | 'EXPRESSION_LIMIT';

/** The one error that this folder throws. `reason` is a stable key; `message` is for people. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
  readonly code: ExpressionErrorCode;
  readonly expression: string;
  readonly reason: string;
  /** Offset in the expression, where it is known. */
  readonly position: number | undefined;

  constructor(refusal: Refusal, expression: string) {
    super(`The expression ${shorten(expression, SHOWN_SOURCE)} ${shorten(refusal.detail, SHOWN_DETAIL)}`);
    this.code = refusal.code;
    this.expression = expression;
    this.reason = refusal.reason;
    this.position = refusal.position;
  }
}

/** Why an expression is refused, thrown where the expression itself is not known. `detail` ends its sentence. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: ExpressionErrorCode;
  readonly reason: string;
  readonly detail: string;
  // jsonata writes the position of the failing call here while the refusal passes through it.
  position: number | undefined;

  constructor(code: ExpressionErrorCode, reason: string, detail: string) {
    super(detail);
    this.code = code;
    this.reason = reason;
    this.detail = detail;
  }
}

/** A refusal because too much is asked for. */
export function tooMuch(reason: string, detail: string): Refusal {
  return new Refusal('EXPRESSION_LIMIT', reason, detail);
}

/** A refusal because the expression, or its data, is not right. */
export function wrong(reason: string, detail: string): Refusal {
  return new Refusal('EXPRESSION_FAILED', reason, detail);
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
