/** The list of findings, its filter, the tickets and the grid of name servers as a test sees them. */
import { expect, type Locator, type Page } from '@playwright/test';
import type { Launched } from '../launch.ts';

export class FindingsPage {
  readonly panel: Locator;
  readonly field: Locator;
  readonly mender: Locator;
  readonly host: Locator;
  readonly status: Locator;
  readonly ticket: Locator;
  readonly ticketText: Locator;
  readonly ticketChoice: Locator;
  readonly grid: Locator;
  readonly explanation: Locator;
  readonly link: Locator;
  readonly #page: Page;

  constructor({ page }: Launched) {
    this.#page = page;
    this.panel = page.getByRole('region', { name: 'Findings' });
    this.field = this.panel.getByRole('textbox', { name: 'Filter findings' });
    this.mender = this.panel.getByRole('combobox', { name: 'Whose it is to mend' });
    this.host = this.panel.getByRole('combobox', { name: 'Host it is about' });
    this.status = this.panel.locator('.finding-filter-status');
    this.ticket = page.getByRole('dialog', { name: /^Ticket for/ });
    this.ticketText = this.ticket.getByRole('textbox', { name: 'Text of the ticket' });
    this.ticketChoice = this.ticket.getByRole('combobox');
    this.grid = page.getByRole('grid').first();
    this.explanation = page.locator('.explanation');
    this.link = page.getByRole('dialog', { name: 'Open this page in your browser?' });
  }

  count(severity: 'error' | 'warning' | 'notice'): Locator {
    return this.panel.locator('.finding-count').filter({ hasText: severity });
  }

  /** Codes of what is shown, folded ones left out. */
  async shownCodes(): Promise<readonly string[]> {
    const cards = await this.panel.locator('[data-code]').all();
    const codes = await Promise.all(cards.map((card) => card.getAttribute('data-code')));
    return codes.flatMap((code) => code ?? []);
  }

  card(code: string): Locator {
    return this.panel.locator(`[data-code="${code}"]`).first();
  }

  async showAll(): Promise<void> {
    await this.status.getByRole('button', { name: 'Show all' }).click();
    await expect(this.status).toHaveCount(0);
  }

  async closeTicket(): Promise<void> {
    await this.ticket.getByRole('button', { name: 'Close' }).click();
    await expect(this.ticket).toHaveCount(0);
  }

  /** The answer that the tab key comes to. */
  stop(): Locator {
    return this.grid.locator('[tabindex="0"]');
  }

  cell(text: string): Locator {
    return this.#page.getByRole('gridcell').filter({ hasText: text }).first();
  }
}
