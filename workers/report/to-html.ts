import { piecesOf, type Block, type Text } from './blocks.ts';
import { escapeXml } from './escape-xml.ts';

const STYLE = `
:root { color-scheme: light dark; --text: #1f2328; --back: #fff; --line: #d0d7de; --quiet: #57606a; --good: #1a7f37; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --back: #0d1117; --line: #3d444d; --quiet: #9198a1; --good: #4ac26b; --bad: #ff8a80; } }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 4rem; background: var(--back); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
h1, h2, h3 { line-height: 1.25; } h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem; }
th, td { border: 1px solid var(--line); padding: .3rem .6rem; text-align: left; vertical-align: top; }
figure { margin: 1rem 0; overflow-x: auto; } code { font-size: .9em; } a { color: inherit; }
.holds { color: var(--good); } .short { color: var(--bad); }
`;

/** Writes blocks as one HTML page that needs no other file. Words of verdicts get their colour. */
export function toHtml(blocks: readonly Block[], title: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${blocks.map(blockOf).join('\n')}
</body>
</html>
`;
}

function blockOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${escapeXml(block.text)}</h${block.level}>`;
    case 'paragraph':
      return `<p>${textOf(block.text)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${textOf(item)}</li>`).join('')}</ul>`;
    case 'table': {
      const head = block.head.map((cell) => `<th scope="col">${escapeXml(cell)}</th>`).join('');
      const rows = block.rows.map(
        (cells) => `<tr>${cells.map((cell) => `<td>${textOf(cell)}</td>`).join('')}</tr>`,
      );
      return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table></div>`;
    }
    case 'picture':
      return `<figure>${block.svg}</figure>`;
  }
}

function textOf(text: Text): string {
  return piecesOf(text)
    .map((piece) => {
      if (typeof piece === 'string') return escapeXml(piece);
      if ('strong' in piece) return `<strong${classOf(piece.strong)}>${escapeXml(piece.strong)}</strong>`;
      if ('code' in piece) return `<code>${escapeXml(piece.code)}</code>`;
      return `<a href="${escapeXml(piece.url)}">${escapeXml(piece.link)}</a>`;
    })
    .join('');
}

function classOf(word: string): string {
  if (word === 'holds') return ' class="holds"';
  return word === 'falls short' ? ' class="short"' : '';
}
