/** The Outbound screen as a test sees it: every selector is here. */
import { expect, type Locator, type Page } from '@playwright/test';
import type { Conclusion } from '../../../shared/lab/conclusion.ts';
import type { ScenarioId } from '../../../shared/lab/scenario.ts';

/** As the form has them; what is not named stays as it is. */
export interface Place {
  readonly base?: string;
  readonly nameServer?: string;
  readonly addresses?: string;
  readonly smtpPort?: string;
  readonly listenPort?: string;
  readonly minutes?: string;
}

export type SetupTitle = 'Resolver' | 'Mail server' | 'Send';

export type OutboundReportFormat = 'HTML…' | 'PDF…' | 'Markdown…' | 'CSV…' | 'JSON…';

const FIELDS: Readonly<Record<keyof Place, string>> = {
  base: 'Domain of the test',
  nameServer: 'Name server',
  addresses: 'Mail servers',
  smtpPort: 'Port that senders connect to',
  listenPort: 'Port to listen on',
  minutes: 'Minutes until silence counts',
};

export class OutboundPage {
  readonly page: Page;
  readonly screen: Locator;
  readonly startButton: Locator;
  /** Folds and unfolds the fields. */
  readonly place: Locator;
  /** Why it could not start, with the ways out. */
  readonly trouble: Locator;
  /** Whether other machines may reach it. */
  readonly question: Locator;
  readonly verdict: Locator;
  /** The step that is open. */
  readonly pane: Locator;
  readonly table: Locator;
  readonly sender: Locator;
  readonly resolver: Locator;
  /** What the check of the resolvers found, one each. */
  readonly checks: Locator;
  readonly fault: Locator;

  constructor(page: Page) {
    this.page = page;
    this.screen = page.locator('.outbound');
    this.startButton = this.screen.getByRole('button', { name: 'Start', exact: true });
    this.place = this.screen.getByRole('button', { name: /^Where it lives/ });
    this.trouble = this.screen.getByRole('alert', { name: 'It could not start' });
    this.question = page.getByRole('dialog', { name: 'Let other machines reach the test?' });
    this.verdict = this.screen.getByRole('region', { name: 'Verdict' });
    this.pane = this.screen.locator('.outbound-pane');
    this.table = this.screen.getByRole('table', { name: /^Situations/ });
    this.sender = this.pane.getByRole('textbox', { name: 'From' });
    this.resolver = this.pane.getByRole('textbox', { name: 'Resolver' });
    this.checks = this.pane.locator('[data-check]');
    this.fault = this.screen.locator('.outbound-fault');
  }

  /** As it stands: stopped, or running. */
  async open(): Promise<void> {
    await this.page.getByRole('navigation').getByRole('button', { name: 'Outbound' }).click();
    await expect(this.screen).toHaveAttribute('data-state', /stopped|running/);
  }

  field(name: keyof Place): Locator {
    return this.screen.getByRole('textbox', { name: FIELDS[name] });
  }

  /** What stands beside the field, in the place of its hint. */
  refusal(name: keyof Place): Locator {
    const field = this.page.getByRole('textbox', { name: FIELDS[name] });
    return this.screen.locator('.outbound-field', { has: field }).getByRole('alert');
  }

  async unfoldPlace(): Promise<void> {
    if ((await this.place.getAttribute('aria-expanded')) === 'false') await this.place.click();
    await expect(this.field('base')).toBeVisible();
  }

  async fillIn(place: Place): Promise<void> {
    await this.unfoldPlace();
    for (const name of Object.keys(FIELDS) as (keyof Place)[]) {
      const value = place[name];
      if (value !== undefined) await this.field(name).fill(value);
    }
  }

  /** Until the servers run. */
  async start(place: Place = {}): Promise<void> {
    await this.fillIn(place);
    await this.startButton.click();
    await expect(this.screen).toHaveAttribute('data-state', 'running');
  }

  /** Where one runs. */
  async stop(): Promise<void> {
    if ((await this.screen.getAttribute('data-state')) === 'running')
      await this.button('Stop').click();
    await expect(this.startButton).toBeVisible();
  }

  /** Until there are other recipients. */
  async again(): Promise<void> {
    await expect(this.verdict).toHaveAttribute('data-alias', /./);
    const before = await this.verdict.getAttribute('data-alias');
    await this.button('New recipients').click();
    await expect(this.verdict).not.toHaveAttribute('data-alias', before ?? '');
  }

  /** Words of the bar that lie above others, or stand out of their button. */
  async crowded(): Promise<readonly string[]> {
    return this.screen.locator('.outbound-bar').evaluate((bar) => {
      const parts = [...bar.querySelectorAll('button, .outbound-step-title, .outbound-number')];
      const boxOf = (part: Element): DOMRect => part.getBoundingClientRect();
      const isOver = (one: DOMRect, other: DOMRect): boolean =>
        one.left < other.right - 1 &&
        other.left < one.right - 1 &&
        one.top < other.bottom - 1 &&
        other.top < one.bottom - 1;
      return parts
        .filter((one) =>
          parts.some(
            (other) =>
              !one.contains(other) && !other.contains(one) && isOver(boxOf(one), boxOf(other)),
          ),
        )
        .map(({ textContent }) => textContent ?? '');
    });
  }

  button(name: string): Locator {
    return this.screen.getByRole('button', { name, exact: true });
  }

  /** Of the path: pressed, it opens the step, or folds it away. */
  step(title: SetupTitle): Locator {
    return this.screen
      .getByRole('navigation', { name: 'Steps' })
      .getByRole('button', { name: new RegExp(`^${title}`) });
  }

  async openStep(title: SetupTitle): Promise<void> {
    const step = this.step(title);
    if ((await step.getAttribute('aria-expanded')) === 'false') await step.click();
    await expect(this.pane.getByRole('heading', { name: title, exact: true })).toBeVisible();
  }

  async foldSteps(): Promise<void> {
    if (await this.pane.isVisible()) await this.pane.getByRole('button', { name: 'Fold' }).click();
    await expect(this.pane).toBeHidden();
  }

  /** Of a resolver or of a mail server: `Unbound`, `Postfix`. */
  async chooseSoftware(name: string): Promise<void> {
    await this.pane.getByText(name, { exact: true }).click();
    await expect(this.pane.getByRole('radio', { name, exact: true })).toBeChecked();
  }

  /** The texts to copy of the step that is open, each with where it belongs. */
  settings(): Promise<readonly { readonly where: string; readonly text: string }[]> {
    return this.pane.locator('.outbound-copy:has(pre)').evaluateAll((parts) =>
      parts.map((part) => ({
        where: part.querySelector('.outbound-where .dim')?.textContent ?? '',
        text: part.querySelector('pre')?.textContent ?? '',
      })),
    );
  }

  /** Null asks those of this machine. Gives the state of each answer: `ready`, `not-found`… */
  async check(resolver: string | null): Promise<readonly (string | null)[]> {
    await this.openStep('Resolver');
    await this.resolver.fill(resolver ?? '');
    await this.pane.getByRole('button', { name: 'Check', exact: true }).click();
    await expect(this.pane.getByText('Asking;')).toBeHidden({ timeout: 30_000 });
    return this.checks.evaluateAll((all) => all.map((each) => each.getAttribute('data-check')));
  }

  async recipients(): Promise<readonly string[]> {
    await this.openStep('Send');
    return this.pane.locator('.outbound-recipients li').allTextContents();
  }

  row(id: ScenarioId): Locator {
    return this.table.locator(`[data-situation="${id}"]`);
  }

  /** Of every situation that is shown: what the sender did, and what that is worth. */
  async standings(): Promise<Readonly<Record<string, Standing>>> {
    const rows = await this.table.locator('[data-situation]').evaluateAll((all) =>
      all.map((row) => ({
        id: row.getAttribute('data-situation') ?? '',
        phase: row.getAttribute('data-phase') ?? '',
        deed: row.getAttribute('data-deed') ?? '',
        worth: row.getAttribute('data-worth') ?? '',
      })),
    );
    return Object.fromEntries(rows.map(({ id, ...standing }) => [id, standing]));
  }

  /** The steps that were seen, with what is asked of a sender. */
  async unfold(id: ScenarioId): Promise<Locator> {
    const button = this.row(id).getByRole('button');
    if ((await button.getAttribute('aria-expanded')) === 'false') await button.click();
    const details = this.row(id).locator('xpath=following-sibling::tr[1]').getByRole('region');
    await expect(details).toBeVisible();
    return details;
  }

  async concludes(conclusion: Conclusion, timeout = 30_000): Promise<void> {
    await expect(this.verdict).toHaveAttribute('data-conclusion', conclusion, { timeout });
  }

  /** Until nothing more is waited for. */
  async isFinal(timeout = 60_000): Promise<void> {
    await expect(this.verdict).toHaveAttribute('data-final', 'true', { timeout });
  }

  async saveReport(format: OutboundReportFormat): Promise<void> {
    await this.button('Report of the test').click();
    await this.page.getByRole('menuitem', { name: format }).click();
  }
}

export interface Standing {
  readonly phase: string;
  /** Empty until it is decided. */
  readonly deed: string;
  readonly worth: string;
}
