/** The first page of a public outbound test: what it is, what is kept, and the one button. */
import { html, type Html } from './escape-html.ts';
import { visitorPage } from './visitor-frame.ts';

export interface VisitorPlace {
  /** The domain that the situations lie below. */
  readonly base: string;
  readonly version: string;
}

export interface VisitorOffer extends VisitorPlace {
  /** Situations, and so recipients. */
  readonly count: number;
  /** How long a test waits for mail: milliseconds. */
  readonly waitsMs: number;
}

/** Where a test is started: path of the form. */
export const VISITOR_TESTS = '/tests';

export function visitorStart({ base, version, count, waitsMs }: VisitorOffer): string {
  const main = html`<article>
      <h1>Does your mail server check DANE?</h1>
      <p>
        With DANE, a domain says in signed DNS which certificates its mail servers have. A mail
        server that checks this gives your mail to the right server, or keeps it. One that does not
        check gives it to whoever answers. Which of the two yours is can be seen only by letting it
        send.
      </p>
      <ol class="way">
        <li>Start a test. You are given ${count} addresses, made for you alone.</li>
        <li>Send one mail to all of them, from an account on the mail server in question.</li>
        <li>
          Watch what your server does. At some of the addresses mail has to arrive. At others
          something is wrong on purpose, and mail must not arrive.
        </li>
      </ol>
      <form method="post" action="${VISITOR_TESTS}">
        <button type="submit">Start a test</button>
      </form>
      <p class="dim">
        A test waits ${minutes(waitsMs)} for mail. There is nothing to install and nothing to sign
        up for.
      </p>
    </article>
    ${kept()}`;
  return visitorPage({ title: `Does your mail server check DANE? ${base}`, base, version, main });
}

function kept(): Html {
  return html`<article>
    <h2>What is kept</h2>
    <ul>
      <li>
        Of the test: the addresses of the mail server that sends and of the resolver that it asks,
        the names that are looked up, the name that the server gives itself, and each step of its
        connections, with the time.
      </li>
      <li>
        Of the mail: nothing. Neither its text nor its subject nor who wrote it is written down.
      </li>
      <li>
        Of you: no cookie, and no list of who visited. The network from which a test is started is
        remembered, not written down, so that nobody starts too many.
      </li>
      <li>
        For how long: 24 hours from the start. Until then whoever has the address of the test’s
        page, or sees one of the recipients, can read it. Nobody can guess it.
      </li>
    </ul>
  </article> `;
}

const MINUTE_MS = 60_000;

function minutes(ms: number): string {
  const count = Math.max(1, Math.round(ms / MINUTE_MS));
  return count === 1 ? '1 minute' : `${count} minutes`;
}
