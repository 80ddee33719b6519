/** The details drawer as a test sees it: every selector of its tabs is here. */
import { expect, type Locator } from '@playwright/test';
import type { Launched } from '../launch.ts';

export type PaneName = 'Records' | 'Trust' | 'Policy' | 'SMTP' | 'Certificates' | 'Raw';

export class DetailsPage {
  readonly #launched: Launched;
  readonly drawer: Locator;
  readonly handle: Locator;
  readonly fields: Locator;
  readonly octets: Locator;
  readonly question: Locator;
  readonly signatures: Locator;
  readonly ladder: Locator;
  readonly empty: Locator;

  constructor(launched: Launched) {
    this.#launched = launched;
    this.drawer = launched.inspector.details;
    this.handle = launched.page.getByRole('separator', { name: 'Height of the details' });
    this.fields = this.drawer.getByRole('tree', { name: 'Fields' });
    this.octets = this.drawer.getByRole('grid', { name: 'Octets' });
    this.question = this.drawer.getByRole('combobox', { name: 'Question' });
    this.signatures = this.drawer.getByRole('region', { name: 'Signatures on one time line' });
    this.ladder = this.drawer.getByRole('list', { name: 'From the root down' });
    this.empty = this.drawer.locator('.details-empty');
  }

  async open(name: PaneName): Promise<void> {
    const tab = this.drawer.getByRole('tab', { name, exact: true });
    await tab.click();
    await expect(tab).toHaveAttribute('aria-selected', 'true');
  }

  lookUp(question: string): Locator {
    return this.drawer.getByRole('article', { name: question });
  }

  field(label: string, value: string | RegExp = ''): Locator {
    return this.fields
      .getByRole('treeitem')
      .filter({ has: this.#launched.page.locator(`.field-label:text-is("${label}")`) })
      .filter({ hasText: value })
      .first();
  }

  octet(at: number): Locator {
    return this.octets.locator('[role="gridcell"]').nth(at);
  }

  /** Octets of the selected field, as they are marked. */
  async marked(): Promise<readonly (string | null)[]> {
    return this.octets.locator('.octet.is-marked, .octet.is-unread').allTextContents();
  }

  servers(): Locator {
    return this.drawer.getByRole('list', { name: 'Servers that were asked' }).getByRole('button');
  }

  certificates(): Locator {
    return this.drawer.locator('.certificate');
  }

  stages(): Locator {
    return this.drawer.getByRole('list', { name: 'Stages' }).getByRole('listitem');
  }

  /** Opens the Copy menu of something and chooses a line of it; gives what is on the clipboard then. */
  async copy(what: string | RegExp, choice: string | RegExp): Promise<string> {
    const { app, page } = this.#launched;
    await app.evaluate(({ clipboard }) => {
      clipboard.clear();
    });
    await this.drawer.getByRole('button', { name: what }).first().click();
    await page.getByRole('menuitem', { name: choice }).click();
    await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).not.toBe('');
    return app.evaluate(({ clipboard }) => clipboard.readText());
  }

  async choicesOf(what: string | RegExp): Promise<readonly string[]> {
    const { page } = this.#launched;
    await this.drawer.getByRole('button', { name: what }).first().click();
    const items = page.getByRole('menuitem');
    await expect(items.first()).toBeVisible();
    const texts = await items.allInnerTexts();
    await page.keyboard.press('Escape');
    await expect(items).toHaveCount(0);
    return texts.map((text) => text.replaceAll('\n', ' '));
  }

  /** Share of the room below the verdict that the drawer takes, in percent. */
  async height(): Promise<number> {
    return Number(await this.handle.getAttribute('aria-valuenow'));
  }
}
