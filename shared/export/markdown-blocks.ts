/** What a Markdown report is built of: blocks with an empty line between them, and tables. */
import { joined, marked, type Markdown } from './escape-markdown.ts';

export function blocks(all: readonly Markdown[]): Markdown {
  return joined(
    all.flatMap((block, index) => (index === 0 ? block : [EMPTY_LINE, block])),
    '\n',
  );
}

export const EMPTY_LINE = marked``;

export function table(
  heading: readonly string[],
  rows: readonly (readonly Markdown[])[],
): Markdown {
  return joined([row(heading), row(heading.map(() => RULE)), ...rows.map(row)], '\n');
}

const RULE = marked`---`;

function row(cells: readonly (string | Markdown)[]): Markdown {
  return cells.reduce<Markdown>((line, cell) => marked`${line} ${cell} |`, marked`|`);
}
