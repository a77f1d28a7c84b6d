// `npm run test:chaos -- --runs 5000 --seed 7 --minutes 25`: the long form of the fault tests, on servers of its own.
import { parseArgs } from 'node:util';
import { reportText, writeResult } from './report.ts';
import { runChaos } from './run-chaos.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    minutes: { type: 'string', default: '30' },
    open: { type: 'string', default: '150' },
    only: { type: 'string', multiple: true, default: [] },
  },
});
const given = { runs: values.runs, seed: values.seed, minutes: values.minutes, openRuns: values.open };
const options = Object.fromEntries(
  Object.entries(given).map(([name, text]) => [name, wholeNumber(name, text)]),
) as Record<keyof typeof given, number>;

const ended = new AbortController();
const since = Date.now();
const say = (line: string) =>
  console.log(`${((Date.now() - since) / 1_000).toFixed(0).padStart(4)} s  ${line}`);
// A second signal changes nothing: the servers would go on without us.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(name, () => {
    if (!ended.signal.aborted) say('ending: the servers are stopped first');
    ended.abort(new Error('It was ended before its time'));
  });

const command = `npm run test:chaos -- --runs ${options.runs} --seed ${options.seed}`;
const result = await runChaos({ ...options, only: values.only, command, say, signal: ended.signal });
console.log(`\n${reportText(result)}\n`);
console.log(`Written to ${await writeResult(result)}`);
process.exit(result.ok ? 0 : 1);

function wholeNumber(name: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Error(`--${name} takes a whole number from 1 on, not "${text}"`);
}
