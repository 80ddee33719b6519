/** Where a visitor has to send: the addresses one by one, in one line, as a link, and as commands. */
import { SCENARIOS, type ScenarioId } from '../lab/scenario.ts';
import { testMails } from '../lab/test-mails.ts';
import type { Situation, TestReport } from '../lab/test-report.ts';
import { html, NOTHING, type Html } from './escape-html.ts';

/** The addresses that HaveDane.net has too. */
const HAVEDANE: readonly ScenarioId[] = ['do', 'dont', 'wrong'];

/** Whose mail the commands send: to be replaced, since answers go there. */
const SENDER = 'you@your-domain.example';

export function recipientsSection({ situations }: TestReport): Html {
  const first = situations.filter(({ id }) => HAVEDANE.includes(id));
  const more = situations.filter(({ id }) => !HAVEDANE.includes(id));
  const all = situations.map(({ recipient }) => recipient);
  return html`<section aria-labelledby="recipients">
    <h2 id="recipients">Where to send</h2>
    <p>
      Send one new mail to all of these, from an account on the mail server in question. What it
      says does not matter, and is not kept. Your server will keep what it must not give away, and
      may write to you about it in the days to come: that is as it should be.
    </p>
    <p class="all">
      <label for="all">All in one line, to copy</label>
      <textarea id="all" rows="5" cols="60" readonly spellcheck="false">${all.join(', ')}</textarea>
    </p>
    <p>
      <a class="button" href="${mailLink(all)}">Write the mail</a>
      <a class="button quiet" href="${mailLink(first.map(({ recipient }) => recipient))}"
        >Write to the first three only</a
      >
    </p>
    <details>
      <summary>One by one</summary>
      ${list('The three of HaveDane', first)}${list('Beyond them', more)}
    </details>
    <details>
      <summary>As a command on the mail server itself</summary>
      ${commands(situations)}
    </details>
  </section>`;
}

function list(title: string, situations: readonly Situation[]): Html {
  if (situations.length === 0) return NOTHING;
  return html`<p class="episode">${title}</p>
    <ul class="recipients">
      ${situations.map(({ recipient }) => html`<li><code class="whole">${recipient}</code></li>`)}
    </ul>`;
}

function commands(situations: readonly Situation[]): Html {
  const recipients = situations.flatMap(({ id, recipient }) =>
    SCENARIOS.filter((scenario) => scenario.id === id).map((scenario) => ({
      scenario,
      address: recipient,
    })),
  );
  // The first is the recipients alone.
  const [, ...mails] = testMails(recipients, SENDER);
  return html`<p>Replace ${SENDER} with an address of yours.</p>
    ${mails.map(
      ({ label, text }) =>
        html`<p class="episode">${label}</p>
          <pre>${text}</pre>`,
    )}`;
}

/** RFC 6068 §2. What no address of ours holds would mean something in a link, and is left out. */
function mailLink(recipients: readonly string[]): string {
  const to = recipients.map((recipient) => recipient.replaceAll(/[^a-z0-9.@-]/gi, ''));
  return `mailto:${to.join(',')}?subject=DANE%20test`;
}
