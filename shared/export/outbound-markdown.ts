/** An outbound test as Markdown, for a ticket. */
import type { TestReport } from '../lab/test-report.ts';
import {
  cellCode,
  cellText,
  code,
  fenced,
  joined,
  marked,
  sourceOf,
  type Markdown,
} from './escape-markdown.ts';
import { blocks, table } from './markdown-blocks.ts';
import {
  counted,
  episodesOf,
  factsTold,
  shortened,
  situationsTold,
  verdictTold,
  type SituationTold,
} from './outbound-told.ts';

export function testReportToMarkdown(
  report: TestReport,
  tool: { readonly version: string },
): string {
  const { face, sentence, limits } = verdictTold(report);
  const told = situationsTold(report);
  const evidence = told.filter(({ matters, situation }) => matters && situation.seen.length > 0);
  const all = blocks([
    marked`# Outbound test ${shortened(report.base)}: ${face.word}`,
    marked`${sentence}`,
    ...limits.map((limit) => marked`${limit}`),
    marked`## Situations`,
    table(
      ['Situation', 'Judged', 'What the sender did', 'What it has to do', 'Clause'],
      told.map(({ scenario, situation, face: { word } }) => [
        marked`${cellCode(scenario.id)} ${cellText(scenario.title)}`,
        cellText(word),
        cellText(shortened(situation.sentence)),
        cellText(scenario.duty),
        cellText(scenario.clause),
      ]),
    ),
    ...(evidence.length === 0
      ? []
      : [
          marked`## Step by step`,
          marked`Of what decided the verdict, or is not as it should be. Times are UTC.`,
          ...evidence.flatMap(evidenceBlocks),
        ]),
    marked`## About this test`,
    joined(
      factsTold(report, tool).map(([label, value]) => marked`- ${label}: ${code(value)}`),
      '\n',
    ),
  ]);
  return `${sourceOf(all)}\n`;
}

function evidenceBlocks({ scenario, situation, face }: SituationTold): readonly Markdown[] {
  const lines = episodesOf(situation).flatMap(({ title, steps }) => [
    title,
    ...steps.map(({ time, text }) => `  ${time}  ${oneLine(text)}`),
  ]);
  const left = situation.unshown + Math.max(0, lines.length - MAX_LINES);
  return [
    marked`### ${scenario.title}: ${face.word}`,
    marked`${scenario.setting} ${scenario.duty}`,
    fenced(lines.slice(-MAX_LINES).map(oneLine).join('\n')),
    ...(left === 0 ? [] : [marked`${counted(left, 'earlier line')} left out.`]),
  ];
}

/** Of one situation; trackers take some 65,000 characters for a ticket. */
const MAX_LINES = 40;

/** What a line break in a greeting would begin is no step. */
function oneLine(text: string): string {
  return text.replaceAll(/[\n]/g, String.raw`\x0a`);
}
