/** The list of domains as a test sees it: every selector is here. */
import { expect, type Locator, type Page } from '@playwright/test';
import type { Launched } from '../launch.ts';

/** Milliseconds: as often as the table is drawn. */
const EVERY_ROW = { intervals: [50], timeout: 30_000 };

export class BatchPage {
  readonly page: Page;
  readonly field: Locator;
  readonly file: Locator;
  readonly head: Locator;
  readonly grid: Locator;
  readonly rows: Locator;
  readonly details: Locator;
  readonly notes: Locator;
  readonly refusal: Locator;
  readonly banner: Locator;
  readonly codes: Locator;
  readonly search: Locator;
  readonly concurrency: Locator;
  readonly question: Locator;
  readonly saved: Locator;
  /** At the rail, for whoever looks at another screen. */
  readonly news: Locator;
  readonly #app: Launched['app'];

  constructor({ app, page }: Pick<Launched, 'app' | 'page'>) {
    this.#app = app;
    this.page = page;
    this.field = page.getByRole('textbox', { name: 'Domains, one a line' });
    this.file = page.locator('[data-batch-file]');
    this.head = page.locator('.batch-head');
    this.grid = page.getByRole('grid', { name: 'Domains' });
    this.rows = this.grid.locator('[role="row"][data-domain]');
    this.details = page.getByRole('region', { name: 'Selected domain' });
    this.notes = page.getByRole('region', { name: 'About the list' });
    this.refusal = page.locator('.batch > [role="alert"]');
    this.banner = page.getByRole('region', { name: 'From the list' });
    this.codes = page.getByRole('combobox', { name: 'Finding' });
    this.search = page.getByRole('searchbox', { name: 'Search domains and findings' });
    this.concurrency = page.getByRole('spinbutton', { name: 'At a time' });
    this.question = page.getByRole('dialog');
    this.news = page.locator('.rail-news');
    this.saved = page.locator('.report-note[role="status"], .report-note[role="alert"]');
  }

  async open(): Promise<void> {
    await this.page.getByRole('button', { name: 'Batch', exact: true }).click();
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  async take(lines: readonly string[]): Promise<void> {
    await this.field.fill(lines.join('\n'));
    await this.button('Take this list').click();
    await this.phase('ready');
  }

  async phase(phase: 'ready' | 'running' | 'paused' | 'finished', timeout = 30_000): Promise<void> {
    await expect(this.head).toHaveAttribute('data-phase', phase, { timeout });
  }

  row(domain: string): Locator {
    return this.grid.locator(`[data-domain="${domain}"]`);
  }

  chip(standing: string): Locator {
    return this.page.locator(`.batch-chip[data-standing="${standing}"]`);
  }

  /** Of the rows that are drawn. */
  async domains(): Promise<readonly (string | null)[]> {
    return this.rows.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-domain')));
  }

  /** What each domain of the list comes to, whether it is drawn or not. */
  async standings(): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    const total = Number(await this.grid.getAttribute('aria-rowcount')) - 1;
    await this.grid.press('Home');
    await expect
      .poll(async () => {
        const seen = await this.rows.evaluateAll((rows) =>
          rows.map((row) => [row.getAttribute('data-domain'), row.getAttribute('data-standing')]),
        );
        for (const [domain, standing] of seen) found.set(domain ?? '', standing ?? '');
        await this.grid.press('PageDown');
        return found.size;
      }, EVERY_ROW)
      .toBe(total);
    return found;
  }

  /** In the place of the system’s dialog. */
  async answerSave(filePath: string): Promise<void> {
    await this.#app.evaluate(({ dialog }, path) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: path === '', filePath: path });
    }, filePath);
  }

  async save(format: 'CSV…' | 'HTML…' | 'Markdown…' | 'JSON…', path: string): Promise<void> {
    await this.answerSave(path);
    await this.button('Save').click();
    await this.page.getByRole('menuitem', { name: format }).click();
    await expect(this.saved).toContainText(path);
  }
}
