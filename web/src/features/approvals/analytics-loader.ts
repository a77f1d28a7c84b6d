import 'server-only';
import { graphql, type ResultOf } from '../../graphql/graphql.ts';
import { ask } from '../../lib/api.ts';
import type { Span } from './analytics-period.ts';

const FIGURES = graphql(`
  fragment Figures on ApprovalFigures {
    requested
    approved
    denied
    expired
    withdrawn
    reminders
    escalated
    medianSeconds
    p95Seconds
    selfApprovalsRefused
  }
`);
const ANALYTICS = graphql(
  `
    query ApprovalFigures($before: DateTime!, $from: DateTime!, $to: DateTime!) {
      now: approvalAnalytics(from: $from, to: $to) {
        all {
          ...Figures
        }
        groups {
          by
          key
          label
          figures {
            ...Figures
          }
        }
        bottlenecks {
          role
          email
          open
          oldestRequestedAt
          longestSeconds
          medianSeconds
        }
      }
      before: approvalAnalytics(from: $before, to: $from, groupBy: WEEK) {
        all {
          requested
        }
        groups {
          key
          figures {
            ...Figures
          }
        }
      }
    }
  `,
  [FIGURES],
);

/** Counts and waiting times, in seconds; null where the API does not count them for this kind of group. */
export type Figures = ResultOf<typeof FIGURES>;
/** How approvals went in a period, with the period before it. */
export type Analytics = ResultOf<typeof ANALYTICS>;
export type FiguresGroup = Analytics['now']['groups'][number];
export type Bottleneck = Analytics['now']['bottlenecks'][number];

/** Reads the figures of a period and of the one before it. */
export function loadAnalytics(span: Span) {
  return ask(ANALYTICS, { ...span });
}
