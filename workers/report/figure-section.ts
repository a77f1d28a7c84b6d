import type { FigureDefinition, FigureResult, Series, Verdict } from '../bench/model.ts';
import { summarise } from '../bench/statistics.ts';
import { tellNumber } from '../bench/tell.ts';
import { heading, paragraph, table, type Block, type Text } from './blocks.ts';
import { barChart, lineChart } from './chart.ts';
import { RIVALS } from './rivals.ts';
import { verdictWord } from './verdict-word.ts';

/** The section of one figure: verdicts, picture, all that was measured, what bounds it, and what others published. */
export function figureSection(definition: FigureDefinition, result: FigureResult | undefined): Block[] {
  const title = heading(3, result?.title ?? definition.title);
  const bound = paragraph({ strong: 'What bounds it:' }, ` ${definition.bound}`);
  if (!result) return [title, paragraph({ strong: 'Not measured' }, ' in this run.'), bound];
  return [
    title,
    table(
      ['Asked', 'Measured', 'Verdict'],
      result.verdicts.map((verdict) => [askedOf(verdict), measuredOf(verdict), verdictWord(verdict.holds)]),
    ),
    ...(result.failures > 0
      ? [paragraph({ strong: `${result.failures} pieces of work failed.` }, ' The times leave them out.')]
      : []),
    ...pictureOf(definition, result),
    table(
      ['Measured', 'Median', 'Least', 'Greatest', 'Rounds'],
      result.series.map(({ label, unit, rounds }) => {
        const { median, min, max } = summarise(rounds);
        return [label, ...[median, min, max].map((value) => tellNumber(value, unit)), String(rounds.length)];
      }),
    ),
    ...(result.notes.length > 0 ? [{ kind: 'list' as const, items: result.notes }] : []),
    bound,
    ...rivalsOf(definition.name),
  ];
}

/** What a bar asks, in words. */
export function askedOf({ of, statistic, relation, limit, unit }: Verdict): string {
  const which = statistic === 'median' ? '' : ', in every round';
  return `${of} ${relation} ${tellNumber(limit, unit)}${which}`;
}

/** What was measured for a bar. */
export function measuredOf({ measured, unit }: Verdict): string {
  return tellNumber(measured, unit);
}

function pictureOf({ name, picture }: FigureDefinition, result: FigureResult): Block[] {
  const found = picture.labels.flatMap((label) => result.series.find((one) => one.label === label) ?? []);
  const [first] = found;
  if (!first) return [];
  const svg =
    picture.kind === 'lines'
      ? lineChart(
          result.title,
          first.unit,
          found.map(({ label, rounds }) => ({ label, values: rounds })),
        )
      : barChart(
          result.title,
          found.map((one) => barOf(one, result.verdicts)),
        );
  return [{ kind: 'picture', name, alt: `Picture of the table below: ${result.title}`, svg }];
}

function barOf({ label, unit, rounds }: Series, verdicts: readonly Verdict[]) {
  const { median, min, max } = summarise(rounds);
  const limit = verdicts.find(({ of }) => of === label)?.limit ?? null;
  const ours = !/hand-written|bare Temporal|least request/.test(label);
  return { label, median, min, max, told: tellNumber(median, unit), limit, ours };
}

function rivalsOf(figure: string): Block[] {
  const rivals = RIVALS.filter((rival) => rival.figure === figure);
  if (rivals.length === 0) return [];
  return [
    paragraph(
      { strong: 'What is known of others' },
      ', on other machines or at other times: it cannot be compared number by number.',
    ),
    table(
      ['Who', 'Numbers', 'Conditions', 'Source'],
      rivals.map(({ who, numbers, conditions, source }): Text[] => [
        ...[who, numbers, conditions],
        source ? { link: source.text, url: source.url } : 'measured for this project, not published',
      ]),
    ),
  ];
}
