import { piecesOf, type Block, type Text } from './blocks.ts';

/** Writes blocks as Markdown (GitHub's). Pictures are named as files in `folder`. */
export function toMarkdown(blocks: readonly Block[], folder: string): string {
  return `${blocks.map((block) => blockOf(block, folder)).join('\n\n')}\n`;
}

function blockOf(block: Block, folder: string): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${escaped(block.text)}`;
    case 'paragraph':
      return textOf(block.text);
    case 'list':
      return block.items.map((item) => `- ${textOf(item)}`).join('\n');
    case 'table': {
      const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
      const rows = block.rows.map((cells) => row(cells.map(textOf)));
      return [row(block.head.map(escaped)), row(block.head.map(() => '---')), ...rows].join('\n');
    }
    case 'picture':
      return `![${escaped(block.alt)}](${folder}/${block.name}.svg)`;
  }
}

function textOf(text: Text): string {
  return piecesOf(text)
    .map((piece) => {
      if (typeof piece === 'string') return escaped(piece);
      if ('strong' in piece) return `**${escaped(piece.strong)}**`;
      if ('code' in piece) return `\`${piece.code.replaceAll('`', "'").replaceAll('|', '\\|')}\``;
      return `[${escaped(piece.link)}](${piece.url})`;
    })
    .join('');
}

/** What Markdown would read as its own is written as it is; a line stays a line, and a cell a cell. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>|]/g, '\\$&').replaceAll(/\s+/g, ' ');
}
