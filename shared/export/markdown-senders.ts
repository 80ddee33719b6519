/** What senders do with mail to the domain, and what breaks next, as Markdown. */
import type { Report } from '../inspection/report.ts';
import { cellCode, cellText, joined, marked, type Markdown } from './escape-markdown.ts';
import { table } from './markdown-blocks.ts';
import { deadlinesTold, possibleWords, senderFace, sendersTold } from './sender-faces.ts';

export function sendersBlocks(report: Report): readonly Markdown[] {
  const { rows, resolvers, sentences, notes } = sendersTold(report);
  const words = (cell: (typeof rows)[number]['cells'][number]): string => {
    const possible = possibleWords(cell);
    const { word } = senderFace(cell);
    return possible === '' ? word : `${word}: ${possible}`;
  };
  return [
    marked`## What senders do`,
    table(
      ['Sender and setting', ...resolvers],
      rows.map(({ sender, setting, cells }) => [
        marked`${cellText(sender)}: ${cellCode(setting)}`,
        ...cells.map((cell) => cellText(words(cell))),
      ]),
    ),
    joined(
      [...sentences, ...notes].map((sentence) => marked`- ${sentence}`),
      '\n',
    ),
  ];
}

export function outlookBlocks(report: Report): readonly Markdown[] {
  const { told, left } = deadlinesTold(report);
  if (told.length === 0) return [];
  return [
    marked`## What breaks next`,
    table(
      ['What', 'Until', 'What then happens', 'Whose it is to see to'],
      told.map(({ what, face, until, consequence, mends, reference }) => [
        cellText(`${what} (${face.word})`),
        cellText(until),
        cellText(`${consequence} ${reference}`),
        cellText(mends),
      ]),
    ),
    ...(left === 0 ? [] : [marked`${left} later ones are left out.`]),
  ];
}
