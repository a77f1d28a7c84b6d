import { FIGURES } from '../bench/figures/index.ts';
import { MEMORY_FIGURES } from '../bench/memory/figures.ts';
import type { FigureDefinition, FigureResult, Results } from '../bench/model.ts';
import { heading, paragraph, table, type Block, type Text } from './blocks.ts';
import type { ChaosResult } from './chaos-result.ts';
import { chaosSections } from './chaos-section.ts';
import { askedOf, figureSection, measuredOf } from './figure-section.ts';
import { verdictWord } from './verdict-word.ts';

/** The raw results that a report is made of; null and empty for what was not measured. */
export interface RawResults {
  engine: Results | null;
  memory: Results | null;
  chaos: readonly ChaosResult[];
  /** The names of their files in the folder `results` beside the report. */
  files: readonly string[];
}

export const TITLE = 'The engine, measured';

const DEFINITIONS: readonly FigureDefinition[] = [...FIGURES, ...Object.values(MEMORY_FIGURES)];

/** The whole report, misses and all. */
export function engineReport({ engine, memory, chaos, files }: RawResults): Block[] {
  const measured = [engine, memory].filter((results) => results !== null);
  return [
    heading(1, TITLE),
    paragraph(
      'Written by ',
      { code: 'npm run report' },
      ' from the raw results of the benches and of the fault rig. Each figure stands beside its baseline from the same run on the same machine; the rounds of both take turns, so that noise meets both. A value is the median of its rounds.',
    ),
    ...summary(measured.flatMap(({ figures }) => figures)),
    ...(measured.length > 0 ? [heading(2, 'Machine, versions, commands'), machineTable(measured)] : []),
    ...measured
      .filter(isNoisy)
      .map(({ kind, machine }) =>
        paragraph(
          { strong: 'The machine was not quiet:' },
          ` its load was ${machine.loadBefore} on ${machine.cores} cores before the bench "${kind}" began.`,
        ),
      ),
    ...sections('Speed', FIGURES, engine),
    ...sections('Memory and start', Object.values(MEMORY_FIGURES), memory),
    ...chaosSections(chaos),
    heading(2, 'Raw results'),
    { kind: 'list', items: files.map((file): Text => ({ link: file, url: `results/${file}` })) },
  ];
}

function summary(figures: readonly FigureResult[]): Block[] {
  const rows = figures.flatMap(({ name, verdicts }) => verdicts.map((verdict) => ({ name, verdict })));
  const held = rows.filter(({ verdict }) => verdict.holds).length;
  const missing = DEFINITIONS.filter(({ name }) => !figures.some((figure) => figure.name === name));
  return [
    heading(2, 'All bars'),
    paragraph(
      { strong: `${held} of ${rows.length}` },
      ' measured bars hold.',
      ...(missing.length > 0 ? [` Not measured: ${missing.map(({ name }) => name).join(', ')}.`] : []),
    ),
    table(
      ['Figure', 'Asked', 'Measured', 'Verdict'],
      rows.map(({ name, verdict }) => [
        ...[{ code: name }, askedOf(verdict), measuredOf(verdict)],
        verdictWord(verdict.holds),
      ]),
    ),
  ];
}

function machineTable(all: readonly Results[]): Block {
  const row = (name: string, of: (results: Results) => Text): Text[] => [name, ...all.map(of)];
  return table(
    ['', ...all.map(({ kind }) => kind)],
    [
      row('Command', ({ command }) => ({ code: command })),
      row('Date', ({ date }) => `${date.slice(0, 16).replace('T', ' ')} UTC`),
      row('Processor', ({ machine }) => `${machine.cores} cores, ${machine.cpu}`),
      row('Memory', ({ machine }) => `${machine.memoryGb} GB`),
      row('System', ({ machine }) => machine.system),
      row('Node', ({ machine }) => machine.node),
      row('PostgreSQL', ({ machine }) => machine.postgres),
      row('Temporal', ({ machine }) => machine.temporal),
      row('Commit', ({ machine }) => ({ code: machine.commit })),
      row('Load before', ({ machine }) => String(machine.loadBefore)),
    ],
  );
}

/** Half a core at work for others is too much for times to be trusted. */
const isNoisy = ({ machine }: Results): boolean => machine.loadBefore > 0.5;

function sections(title: string, definitions: readonly FigureDefinition[], results: Results | null): Block[] {
  return [
    heading(2, title),
    ...definitions.flatMap((definition) =>
      figureSection(
        definition,
        results?.figures.find(({ name }) => name === definition.name),
      ),
    ),
  ];
}
