/** The frame of every page that visitors of a public outbound test see: plain HTML, its style and script beside it. */
import { html, markupOf, NOTHING, type Html } from './escape-html.ts';

export interface VisitorFrame {
  readonly title: string;
  /** The domain that the situations lie below. */
  readonly base: string;
  readonly version: string;
  readonly main: Html;
  /** Told as it happens by a script; where none runs, by loading the page anew. */
  readonly live?: VisitorLive;
}

export interface VisitorLive {
  /** Where the script is told what changes: path. */
  readonly events: string;
  /** The reader has said that the page shall stand still where no script runs. */
  readonly isStill: boolean;
}

/** Paths of what the pages fetch. */
export const VISITOR_STYLE = '/visitor.css';
export const VISITOR_SCRIPT = '/visitor.js';
export const VISITOR_ICON = '/icon.svg';

/** Seconds after which a page without script loads itself anew. */
export const RELOAD_SECONDS = 5;

export function visitorPage({ title, base, version, main, live }: VisitorFrame): string {
  const page = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>${title}</title>
      <link rel="icon" type="image/svg+xml" href="${VISITOR_ICON}" />
      <link rel="stylesheet" href="${VISITOR_STYLE}" />
      ${live === undefined ? NOTHING : liveHead(live)}
    </head>
    <body>
      <header class="page"><a class="product" href="/">DANE test</a> <span>${base}</span></header>
      <main>${main}</main>
      <footer class="page">
        <p>Made with DANE Inspector ${version}. No cookies, and nothing from elsewhere.</p>
      </footer>
    </body>
  </html> `;
  return `<!DOCTYPE html>\n${markupOf(page)}`;
}

function liveHead({ events, isStill }: VisitorLive): Html {
  const reload = html`<noscript
    ><meta http-equiv="refresh" content="${RELOAD_SECONDS}"
  /></noscript> `;
  return html`${isStill ? NOTHING : reload}
    <script src="${VISITOR_SCRIPT}" data-events="${events}" defer></script>`;
}
