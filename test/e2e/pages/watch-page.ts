/** The Watch screen as a test sees it: every selector is here. */
import { expect, type Locator, type Page } from '@playwright/test';

export class WatchPage {
  readonly page: Page;
  readonly screen: Locator;
  readonly field: Locator;
  readonly refusal: Locator;
  readonly headline: Locator;
  readonly cronLine: Locator;
  readonly problem: Locator;

  constructor(page: Page) {
    this.page = page;
    this.screen = page.locator('.watch');
    this.field = this.screen.getByRole('textbox', { name: 'Domain to watch' });
    this.refusal = this.screen.locator('#watch-refusal');
    this.headline = this.screen.locator('.watch-title p');
    this.cronLine = this.screen.locator('.watch-line');
    this.problem = this.screen.locator('.watch-main > .watch-problem');
  }

  async open(): Promise<void> {
    await this.page.getByRole('navigation').getByRole('button', { name: 'Watch' }).click();
    await expect(this.field).toBeVisible();
  }

  async add(domain: string): Promise<void> {
    await this.field.fill(domain);
    await this.field.press('Enter');
  }

  row(domain: string): Locator {
    return this.screen.locator(`[data-domain="${domain}"]`);
  }

  /** Until it was looked at, and nothing is under way. */
  async hasOutcome(domain: string, outcome: string, timeout = 30_000): Promise<void> {
    await expect(this.row(domain)).toHaveAttribute('data-outcome', outcome, { timeout });
  }

  async isIdle(timeout = 60_000): Promise<void> {
    await expect(this.headline).not.toContainText(/looking|wait/, { timeout });
  }

  domains(): Promise<readonly (string | null)[]> {
    return this.screen
      .locator('[data-domain]')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-domain')));
  }

  async unfold(domain: string): Promise<Locator> {
    const notes = this.screen.getByRole('region', { name: `Told about ${domain}` });
    if (!(await notes.isVisible())) await this.row(domain).getByRole('button').click();
    await expect(notes).toBeVisible();
    return notes;
  }

  button(name: string): Locator {
    return this.screen.getByRole('button', { name });
  }

  /** Beside the verdict of the Inspect screen. */
  atVerdict(name: string): Locator {
    return this.page.locator('.verdict').getByRole('button', { name, exact: true });
  }

  choice(name: string): Locator {
    return this.screen.getByRole('combobox', { name });
  }

  check(name: string): Locator {
    return this.screen.getByRole('checkbox', { name });
  }
}
