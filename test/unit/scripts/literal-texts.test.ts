/** The wall that keeps texts for people in one place: what it sees, and what it lets pass. */
import { describe, expect, it } from 'vitest';
import { literalTexts } from '../../../scripts/literal-texts.mjs';

const found = (source: string): readonly string[] =>
  literalTexts(source, { tsx: true }).map(({ text }) => text);

describe('a text for people is seen', () => {
  it.each([
    ['between tags', '<p>Saved</p>', ['Saved']],
    ['between tags, in braces', '<p>{"Saved"}</p>', ['Saved']],
    ['chosen between tags', '<p>{done ? "Saved" : "Saving"}</p>', ['Saved', 'Saving']],
    ['where a condition holds', '<p>{done && "Saved"}</p>', ['Saved']],
    ['in the place of nothing', '<p>{name ?? "nobody"}</p>', ['nobody']],
    ['around a value', '<p>{`${count} hosts`}</p>', ['hosts']],
    ['inside a fragment', '<>{count} hosts</>', ['hosts']],
    ['in an attribute', '<input placeholder="Domain" />', ['Domain']],
    ['in a computed attribute', '<p aria-label={open ? "Fold" : "Unfold"} />', ['Fold', 'Unfold']],
    ['around a value in an attribute', '<p title={`Remove ${name}`} />', ['Remove']],
    ['as a property', 'const face = { word: "broken" };', ['broken']],
    ['as a sentence anywhere', 'tell("No mail gets through.");', ['No mail gets through.']],
    [
      'as a sentence around a value',
      'tell(`No mail for ${domain} at all`);',
      ['No mail for', 'at all'],
    ],
    ['in a case', 'switch (a) { case 1: say("No mail at all"); }', ['No mail at all']],
    ['added up', '<p>{"Copy " + name}</p>', ['Copy']],
    ['under another type', '<p>{"Copy" as string}</p>', ['Copy']],
  ])('%s', (_where, source, texts) => {
    expect(found(source)).toEqual(texts);
  });
});

describe('what nobody reads passes', () => {
  it.each([
    ['classes', '<p className="dim mono scroll" />'],
    ['classes of one kind', '<p className={`tag tone-${tone}`} />'],
    ['drawings', '<path d="M8 1.9 14.8 14H1.2Z and so on" />'],
    ['marks between pieces', '<p>{name} · {count} → {"×"}</p>'],
    ['words from elsewhere', '<p title={words.frame.close}>{said.title(name)}</p>'],
    ['conditions', '<p>{phase === "finished" && <b>{name}</b>}</p>'],
    ['what something is compared with', '<p>{mends === "mail host" && <b>{name}</b>}</p>'],
    ['cases', 'switch (label) { case "digest type": { break; } }'],
    ['codes', 'const question = { kind: "broken", what: "certificate" };'],
    ['types', 'type Phase = "not begun yet" | "at its end";'],
    [
      'modules',
      'import { x } from "../a folder/with names.ts"; export { y } from "./of words.ts";',
    ],
    ['what programmers are told', 'throw new TypeError("this cannot be so");'],
  ])('%s', (_what, source) => {
    expect(found(source)).toEqual([]);
  });
});

it('says where a text stands', () => {
  expect(literalTexts('<p title="Close">Done</p>', { tsx: true })).toEqual([
    { text: 'Close', where: 'attribute title' },
    { text: 'Done', where: 'text between tags' },
  ]);
});
