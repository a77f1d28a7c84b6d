import type { ConnectionKind } from '../../connections/model.ts';
import type { Json } from '../../json.ts';
import type { Finding, Place } from './finding.ts';

/** A field of a step in which templates are evaluated. */
export interface TemplateSite {
  at: Place;
  value: Json | undefined;
  /** `value`: templates anywhere inside; `whole`: text must be one whole expression. */
  form: 'value' | 'whole';
  /** True when it also sees the results of the step's own body (the condition of a loop, in its next round). */
  seesBody?: true;
}

/** The connection that a step works through; `name` undefined means the organisation's own. */
export interface ConnectionUse {
  at: Place;
  name: string | undefined;
  kind: ConnectionKind;
}

/** What validation must know of one kind. Each kind has one beside its schema; all are in `RULES_BY_KIND`. */
export interface NodeRules<KindOfStep> {
  templates(step: KindOfStep): TemplateSite[];
  /** What is wrong with the step's own fields that its schema cannot say. */
  findings?(step: KindOfStep): Finding[];
  connection?(step: KindOfStep): ConnectionUse | null;
}
