import { line, paint, Screen } from '../terminal.ts';
import type { OpenApproval, ShownRun } from './demo-run.ts';
import { progressLines } from './progress.ts';

/** Where everything is, for the texts that tell a newcomer what to do. */
export interface Addresses {
  apiUrl: string;
  /** Null with --once, which needs no pages. */
  webUrl: string | null;
  temporalUiUrl: string | null;
  mailUrl: string;
  localFile: string;
}

/** Tells where the parts are. */
export function showAddresses({ apiUrl, webUrl, temporalUiUrl, mailUrl, localFile }: Addresses): void {
  line();
  line(`  ${paint('bold', 'Levqor X runs on this machine.')} Ctrl-C stops it; what it holds stays.`);
  if (webUrl)
    line(
      `    ${paint('bold', 'Web app')}        ${webUrl}  (sign in as a person of the demo, or by a mailed link)`,
    );
  line(`    GraphQL API    ${apiUrl}/graphql`);
  if (temporalUiUrl) line(`    Temporal UI    ${temporalUiUrl}`);
  line(`    Mail catcher   ${mailUrl}`);
  line(`    Keys           ${localFile}  (owner, operator, finance, security, viewer)`);
  line();
}

/** Tells which approvals a run waits for, and how to give them by hand. */
export function showHowToDecide(approvals: OpenApproval[]): void {
  const [first] = [...approvals].sort((a, b) => a.class.localeCompare(b.class));
  if (!first) return;
  Screen.keep();
  line();
  line(
    `  ${paint('bold', `The run waits for ${approvals.length} approval${approvals.length === 1 ? '' : 's'}.`)}`,
  );
  for (const { class: grade, title, missing, id } of approvals)
    line(`    Class ${grade}  ${title}\n             ${paint('dim', `${id}  ${missing ?? ''}`)}`);
  line();
  line(
    '  Decide one of them like this (here as the finance person; Class C needs a second person, such as security):',
  );
  line();
  line('    npx levqor login --local --as finance --profile finance');
  line(`    npx levqor approve ${first.id} --profile finance`);
  line();
  line(`  Or let the demo decide: ${paint('bold', 'npm start -- --once')} (after Ctrl-C).`);
  line();
}

/** The end of a run as a table. */
export function showEnd(run: ShownRun, { mailUrl }: Addresses): void {
  line();
  for (const text of progressLines(run, Date.now())) line(text);
  line();
  if (run.status === 'SUCCEEDED') {
    line(`  ${paint('green', 'The demo run finished.')} Summary: ${JSON.stringify(run.output)}`);
    line(`  The letters it sent: ${mailUrl}`);
  } else {
    const why = run.error ? `${run.error.code} at ${run.error.path ?? 'the run'}: ${run.error.message}` : '';
    line(`  ${paint('red', `The demo run ended as ${run.status.toLowerCase()}.`)} ${why}`);
  }
  line();
}
