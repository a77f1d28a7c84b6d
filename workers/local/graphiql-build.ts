import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
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
    plugins: [withoutFonts],
    logLevel: 'silent',
  });
}

/** It brings its fonts inside of its look, from where the content security policy takes none; the system has some. */
const withoutFonts: Plugin = {
  name: 'without-fonts',
  setup: ({ onLoad }) =>
    onLoad({ filter: /graphiql[\\/]dist[\\/]style\.css$/ }, async ({ path }) => {
      const css = await readFile(path, 'utf8');
      return { contents: css.replace(/@font-face\s*\{[^}]*\}/g, ''), loader: 'css' };
    }),
};
