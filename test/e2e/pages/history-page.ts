/** The kept runs and what changed, as a test sees them: every selector is here. */
import { expect, type Locator, type Page } from '@playwright/test';

export class HistoryPage {
  readonly page: Page;
  readonly button: Locator;
  readonly drawer: Locator;
  readonly filter: Locator;
  readonly rows: Locator;
  readonly banner: Locator;
  readonly changes: Locator;
  readonly headline: Locator;
  readonly sentences: Locator;
  readonly stages: Locator;

  constructor(page: Page) {
    this.page = page;
    this.button = page.getByRole('button', { name: 'History', exact: true });
    this.drawer = page.getByRole('dialog', { name: 'History' });
    this.filter = this.drawer.getByRole('searchbox', { name: 'Filter' });
    this.rows = this.drawer.locator('[data-run]');
    this.banner = page.getByRole('region', { name: 'Kept run' });
    this.changes = page.getByRole('region', { name: 'What changed' });
    this.headline = this.changes.getByRole('status');
    this.sentences = this.changes.locator('[data-change]');
    this.stages = page.getByRole('list', { name: 'Progress' });
  }

  async open(): Promise<void> {
    await this.button.click();
    await expect(this.drawer).toBeVisible();
  }

  async close(): Promise<void> {
    if (await this.drawer.isVisible()) await this.page.keyboard.press('Escape');
    await expect(this.drawer).toBeHidden();
  }

  row(domain: string): Locator {
    return this.rows.filter({ hasText: domain });
  }

  openButton(row: Locator): Locator {
    return row.locator('.history-open');
  }

  tick(row: Locator): Locator {
    return row.getByRole('checkbox');
  }

  compareButton(): Locator {
    return this.drawer.getByRole('button', { name: 'Compare', exact: true });
  }

  async unfold(): Promise<void> {
    await this.changes.getByRole('button', { name: 'Show all' }).click();
    await expect(this.sentences.first()).toBeVisible();
  }

  withOther(): Locator {
    return this.changes.getByRole('combobox', { name: 'Compare with' });
  }

  stage(name: 'mx' | 'hosts' | 'addresses' | 'ancestors' | 'policy'): Locator {
    return this.stages.locator(`[data-stage="${name}"]`);
  }
}
