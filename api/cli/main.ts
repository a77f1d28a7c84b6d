import { EXIT } from './cli-error.ts';
import { runCommandLine } from './command-line.ts';

// "levqor runs | head" closes our output early; that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

// Ctrl-C is how following a run ends: as the shell knows it, and without a stack.
process.on('SIGINT', () => process.exit(EXIT.interrupted));

await runCommandLine(process.argv.slice(2));
