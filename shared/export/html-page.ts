/** The frame of a report as one HTML file: it runs nothing, fetches nothing, and follows the reader's theme. */
import { html, markupOf, ours, type Html } from './escape-html.ts';
import pageStyle from './page.css?raw';
import reportStyle from './report.css?raw';

export function htmlPage(title: string, main: Html, version: string | null): string {
  const page = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta
        http-equiv="Content-Security-Policy"
        content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
      />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="referrer" content="no-referrer" />
      <title>${title}: DANE Inspector</title>
      <style>
        ${ours(pageStyle)} ${ours(reportStyle)}
      </style>
    </head>
    <body>
      <header class="page"><span class="product">DANE Inspector</span><span>${title}</span></header>
      <main>${main}</main>
      <footer class="page">
        Made by DANE Inspector${version === null ? '' : ` ${version}`}. Texts that servers sent are
        shown as they came; characters that would not be seen stand as \\x1b or \\u{202e}.
      </footer>
    </body>
  </html> `;
  return `<!DOCTYPE html>\n${markupOf(page)}`;
}
