/** The pages of a public outbound test that say why something is not to be had, and what to do. */
import { html } from './escape-html.ts';
import { visitorPage } from './visitor-frame.ts';
import { VISITOR_TESTS, type VisitorPlace } from './visitor-start.ts';

export type VisitorNote =
  | { readonly kind: 'no-page' }
  /** Deleted, or never begun. */
  | { readonly kind: 'no-test' }
  | { readonly kind: 'method' }
  | { readonly kind: 'failed' }
  /** The form was sent by another site’s page, or under a name that is not ours. */
  | { readonly kind: 'foreign' }
  /** One test too many: in all, of this network, of this network within a day. */
  | { readonly kind: 'too-many'; readonly why: 'all' | 'network' | 'day' };

export function visitorNote(note: VisitorNote, { base, version }: VisitorPlace): string {
  const { title, sentences } = wordsOf(note);
  const main = html`<article>
    <h1>${title}</h1>
    ${sentences.map((sentence) => html`<p>${sentence}</p> `)}
    ${note.kind === 'foreign' ? button() : html`<p><a href="/">To the first page</a></p>`}
  </article>`;
  return visitorPage({ title, base, version, main });
}

function button(): ReturnType<typeof html> {
  return html`<form method="post" action="${VISITOR_TESTS}">
    <button type="submit">Start a test</button>
  </form>`;
}

interface Words {
  readonly title: string;
  readonly sentences: readonly string[];
}

function wordsOf(note: VisitorNote): Words {
  switch (note.kind) {
    case 'no-page':
      return { title: 'There is no such page', sentences: [] };
    case 'no-test':
      return {
        title: 'There is no such test',
        sentences: [
          'A test is deleted 24 hours after its start, with all that was seen. This one is gone, or the address is not quite right.',
          'You can start another.',
        ],
      };
    case 'method':
      return {
        title: 'This cannot be done here',
        sentences: ['Pages can be read here, and a test started.'],
      };
    case 'failed':
      return {
        title: 'Something went wrong here',
        sentences: ['It is not your doing. Please try again.'],
      };
    case 'foreign':
      return {
        title: 'Do you want to start a test?',
        sentences: [
          'Another page asked for it, not this one. Nothing was started. If it is what you want, the button does it.',
        ],
      };
    case 'too-many':
      return { title: 'No test could be started', sentences: [TOO_MANY[note.why]] };
  }
}

const TOO_MANY: Readonly<Record<'all' | 'network' | 'day', string>> = {
  all: 'Many tests are under way, and yours would disturb them. Please try again in some minutes.',
  network:
    'From your network several tests are waiting for mail. Use one of them, or try again when one of them is over.',
  day: 'Many tests were started from your network within a day. Please try again when the first of them are deleted.',
};
