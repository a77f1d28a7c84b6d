import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Facts } from '../../components/facts.tsx';
import { JsonView } from '../../components/json-view.tsx';
import { NextPage } from '../../components/next-page.tsx';
import { Note } from '../../components/note.tsx';
import { Skeleton, SkeletonList } from '../../components/skeleton.tsx';
import { StackTable } from '../../components/stack-table.tsx';
import { StateBadge } from '../../components/state-badge.tsx';
import { Cell, Row, Table } from '../../components/table.tsx';
import { When } from '../../components/when.tsx';
import { API_AWAY } from '../../lib/problem.ts';
import { WORDS } from './words.ts';

const LONG_AGO = '2020-02-29T12:30:00Z';

/** Tables, facts, values, times, and the ways through a long list. */
export function ListSamples() {
  const rows = [WORDS.value, WORDS.other];
  return (
    <>
      <Table label={WORDS.lists} head={[WORDS.label, WORDS.states]}>
        {rows.map((name) => (
          <Row key={name}>
            <Cell>{name}</Cell>
            <Cell>
              <StateBadge tone="ok" word={WORDS.copied} isBare />
            </Cell>
          </Row>
        ))}
      </Table>
      <StackTable
        label={WORDS.title}
        head={[WORDS.label, WORDS.states]}
        rows={rows.map((name) => ({
          key: name,
          cells: [name, <StateBadge key="state" tone="wait" word={WORDS.loading} isBare />],
        }))}
      />
      <Facts
        facts={[
          [WORDS.label, WORDS.value],
          [WORDS.hint, <When key="when" at={LONG_AGO} />],
        ]}
      />
      <JsonView value={{ amount: 12, to: [WORDS.name, null, true] }} label={WORDS.tabOne} cut={WORDS.cut} />
      <NextPage
        next="/design"
        first="/design"
        words={{ next: WORDS.next, first: WORDS.first, label: WORDS.pages }}
      />
    </>
  );
}

/** What stands where something is not there, not there yet, or could not be read. */
export function WaitingSamples() {
  return (
    <>
      <Note>{WORDS.note}</Note>
      <EmptyState title={WORDS.empty} text={WORDS.emptyText} />
      <ErrorState problem={API_AWAY} />
      <Skeleton />
      <SkeletonList label={WORDS.loading} rows={3} />
    </>
  );
}
