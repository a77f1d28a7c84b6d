import { Command, InvalidArgumentError } from 'commander';
import { firstSignal } from '../../first-signal.ts';
import { benchEngine } from './bench-engine.ts';
import { benchLighthouse } from './lighthouse/bench-lighthouse.ts';
import { benchMemory } from './memory/bench-memory.ts';
import { FIGURES } from './figures/index.ts';
import { writeResults } from './results.ts';

/** `npm run bench -- engine|memory|lighthouse [options]`: measures, and keeps the raw results. */
async function main(): Promise<void> {
  const program = new Command('bench').description('Measures the engine beside baselines from the same run.');
  program
    .command('engine')
    .description(`Figures of the engine: ${FIGURES.map(({ name }) => name).join(', ')}`)
    .option('--only <names...>', 'these figures only')
    .option('--rounds <number>', 'rounds of each figure', wholeNumber, 5)
    .option('--tiny', 'so little work that the times mean nothing: does everything run?')
    .action(async ({ only, rounds, tiny }: { only?: string[]; rounds: number; tiny?: true }) => {
      const results = await benchEngine({
        ...{ figures: chosen(only), rounds, say: (line) => console.log(line), signal: endedEarly() },
        size: tiny ? 'tiny' : 'full',
        command: ['npm run bench -- engine', ...(only ? ['--only', ...only] : []), `--rounds ${rounds}`].join(
          ' ',
        ),
      });
      if (!tiny) console.log(`\n  Raw results: ${await writeResults(results)}`);
    });
  program
    .command('memory')
    .description('What npm start needs: time until ready, memory when idle and under a steady load')
    .option('--rounds <number>', 'warm starts', wholeNumber, 5)
    .option('--idle-seconds <number>', 'how long nothing is done before idle memory is read', wholeNumber, 60)
    .option('--minutes <number>', 'minutes of steady load', wholeNumber, 30)
    .option('--rate <number>', 'mixed runs a second', wholeNumber, 10)
    .action(async (plan: { rounds: number; idleSeconds: number; minutes: number; rate: number }) => {
      const { rounds, idleSeconds, minutes, rate } = plan;
      const results = await benchMemory({
        ...{ ...plan, say: (line) => console.log(line), signal: endedEarly() },
        command: `npm run bench -- memory --rounds ${rounds} --idle-seconds ${idleSeconds} --minutes ${minutes} --rate ${rate}`,
      });
      console.log(`\n  Raw results: ${await writeResults(results)}`);
    });
  program
    .command('lighthouse')
    .description(
      'The public pages of the web app on a slow phone, by Lighthouse, in the Chromium of this machine',
    )
    .option('--rounds <number>', 'looks at each page', wholeNumber, 5)
    .action(async ({ rounds }: { rounds: number }) => {
      const results = await benchLighthouse({
        ...{ rounds, say: (line) => console.log(line), signal: endedEarly() },
        command: `npm run bench -- lighthouse --rounds ${rounds}`,
      });
      console.log(`\n  Raw results: ${await writeResults(results)}`);
    });
  await program.parseAsync();
}

/** Ends early at a signal, so that no server is left behind. */
function endedEarly(): AbortSignal {
  const signal = firstSignal();
  // Clients that were under way try again on channels that are closed by then, from timers that nobody waits for.
  signal.addEventListener('abort', () => process.on('uncaughtException', () => undefined));
  return signal;
}

function chosen(only: string[] | undefined) {
  if (!only) return FIGURES;
  return only.map((name) => {
    const figure = FIGURES.find((one) => one.name === name);
    if (!figure)
      throw new Error(
        `There is no figure "${name}". There are: ${FIGURES.map((one) => one.name).join(', ')}`,
      );
    return figure;
  });
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('Give a whole number from 1.');
  return Number(text);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
