/** The colours of text against whatever it stands on (WCAG 2.2, 1.4.3 and 1.4.6; contrast ratio as defined there). */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync('renderer/ui/tokens.css', 'utf8');

/** The colours in force where these blocks of the file apply, the later one over the earlier. */
function tokens(...selectors: readonly string[]): ReadonlyMap<string, string> {
  const all = new Map<string, string>();
  for (const selector of selectors) {
    const block = css.split(`${selector} {`)[1]?.split('}')[0];
    if (block === undefined) throw new Error(`no ${selector} in the tokens`);
    for (const [, name = '', value = ''] of block.matchAll(/(--[\w-]+): (#[0-9a-f]{6});/g)) {
      all.set(name, value);
    }
  }
  return all;
}

const DARK = ":root[data-mantine-color-scheme='dark']";
const MORE = ":root[data-contrast='more']";
const MORE_DARK = `${MORE}[data-mantine-color-scheme='dark']`;

const TEXTS = ['--text', '--dim', '--accent-text', '--ok', '--warn', '--err', '--none'];
const GROUNDS = ['--bg', '--surface', '--raised', '--none-bg'];
/** Tags: the colour of a status on the ground of that status. */
const OWN_GROUNDS = ['--ok', '--warn', '--err', '--none'].map((text) => [text, `${text}-bg`]);

function pairs(): readonly (readonly string[])[] {
  return [
    ...TEXTS.flatMap((text) => GROUNDS.map((ground) => [text, ground])),
    ...OWN_GROUNDS,
    ...['--ok-bg', '--warn-bg', '--err-bg'].map((ground) => ['--text', ground]),
    ['--accent-text', '--accent-bg'],
    ['--on-accent', '--accent'],
    ['--on-accent', '--accent-strong'],
  ];
}

/** WCAG 2.2, “relative luminance”. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function ratio(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe.each([
  ['light', 4.5, [':root']],
  ['dark', 4.5, [':root', DARK]],
  ['light, more contrast', 7, [':root', MORE]],
  ['dark, more contrast', 7, [':root', DARK, MORE, MORE_DARK]],
] as const)('%s', (_name, least, blocks) => {
  const colours = tokens(...blocks);
  it.each(pairs())(`%s on %s is at least ${least} to 1`, (text, ground) => {
    expect(
      ratio(colours.get(text ?? '') ?? '', colours.get(ground ?? '') ?? ''),
    ).toBeGreaterThanOrEqual(least);
  });
});

it('the ratio is that of WCAG: black on white 21, #767676 on white just above 4.5', () => {
  expect(ratio('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(ratio('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});
