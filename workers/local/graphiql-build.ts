import { join } from 'node:path';
import { build } from 'esbuild';
import { ROOT } from './home.ts';

const WEB = join(ROOT, 'web');

/** Bundles GraphiQL beside the built pages, apart from them, so that none of them weighs more for it. Throws what is wrong. */
export async function buildGraphiql(): Promise<void> {
  await build({
    entryPoints: [join(WEB, 'src', 'features', 'graphiql', 'graphiql-app.tsx')],
    outdir: join(WEB, '.next', 'static', 'graphiql'),
    tsconfig: join(WEB, 'tsconfig.json'),
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2023',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.woff': 'file', '.woff2': 'file', '.ttf': 'file' },
    logLevel: 'silent',
  });
}
