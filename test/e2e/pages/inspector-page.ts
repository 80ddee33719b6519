/** The window as a test sees it: every selector is here. */
import { expect, type Locator, type Page } from '@playwright/test';

export type TabName = 'Records' | 'Trust' | 'Name servers' | 'Policy' | 'SMTP' | 'Certificates';

export class InspectorPage {
  readonly page: Page;
  readonly field: Locator;
  readonly refusal: Locator;
  readonly verdict: Locator;
  readonly verdictWord: Locator;
  readonly sentence: Locator;
  readonly fixButton: Locator;
  readonly findings: Locator;
  readonly details: Locator;
  readonly outline: Locator;

  constructor(page: Page) {
    this.page = page;
    this.field = page.getByRole('textbox', { name: 'Domain, mail address or URL' });
    this.refusal = page.locator('#domain-refusal');
    this.verdict = page.getByRole('region', { name: 'Verdict' });
    this.verdictWord = this.verdict.locator('.verdict-word');
    this.sentence = this.verdict.locator('.verdict-sentence');
    this.fixButton = this.verdict.getByRole('button', { name: /first/ });
    this.findings = page.getByRole('region', { name: 'Findings' });
    this.details = page.getByRole('region', { name: 'Details' });
    this.outline = page.getByRole('tree', { name: 'Outline' });
  }

  async isReady(): Promise<void> {
    await expect(this.field).toBeEditable();
  }

  async start(domain: string): Promise<void> {
    await this.field.fill(domain);
    await this.field.press('Enter');
  }

  async inspect(domain: string, timeout = 30_000): Promise<void> {
    await this.start(domain);
    await expect(this.verdict).toHaveAttribute('data-phase', 'finished', { timeout });
    await expect(this.field).toHaveValue(domain);
  }

  async outcome(): Promise<string | null> {
    return this.verdictWord.getAttribute('data-outcome');
  }

  /** Codes of all findings, those that passed too. */
  async codes(): Promise<readonly string[]> {
    await this.unfoldFindings();
    const cards = await this.findings.locator('[data-code]').all();
    const codes = await Promise.all(cards.map((card) => card.getAttribute('data-code')));
    return codes.flatMap((code) => code ?? []);
  }

  async unfoldFindings(): Promise<void> {
    const folded = this.findings.locator('.findings-fold[aria-expanded="false"]');
    while ((await folded.count()) > 0) await folded.first().click();
  }

  finding(code: string): Locator {
    return this.findings.locator(`[data-code="${code}"]`).first();
  }

  async openFinding(code: string): Promise<Locator> {
    const card = this.finding(code);
    if ((await card.getAttribute('data-open')) === 'false') {
      await card.getByRole('button').first().click();
    }
    return card;
  }

  /** A node of the picture, as in `renderer/store/node-id.ts`. */
  node(key: string): Locator {
    return this.page.locator(`[data-node="${key}"]`);
  }

  hosts(): Locator {
    return this.page.locator('[data-node^="host|"]');
  }

  match(kind: 'equal' | 'differs'): Locator {
    return this.page.locator(`.wire-${kind === 'equal' ? 'equal' : 'cross'}`);
  }

  matchLabel(text: string): Locator {
    return this.page.locator('.wire-label', { hasText: text });
  }

  /** As `select`, by keyboard: the picture begins at what is broken, and the mouse gets no further than that. */
  async reach(key: string): Promise<void> {
    await this.node(key).press('Enter');
    await expect(this.node(key)).toHaveAttribute('aria-pressed', 'true');
  }

  async select(key: string): Promise<void> {
    await this.node(key).click();
    await expect(this.node(key)).toHaveAttribute('aria-pressed', 'true');
  }

  tab(name: TabName): Locator {
    return this.details.getByRole('tab', { name });
  }

  async openTab(name: TabName): Promise<void> {
    await this.tab(name).click();
    await expect(this.tab(name)).toHaveAttribute('aria-selected', 'true');
  }

  ancestorCell(text: string): Locator {
    return this.details.getByRole('gridcell').filter({ hasText: text });
  }

  conversation(text: string): Locator {
    return this.details.getByRole('list', { name: 'Conversations' }).getByRole('button', {
      name: text,
    });
  }

  /** As when a file with this text is dropped on a node of the picture. */
  async dropText(key: string, text: string): Promise<void> {
    const dataTransfer = await this.page.evaluateHandle((content) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], 'chain.pem'));
      return transfer;
    }, text);
    await this.node(key).dispatchEvent('dragover', { dataTransfer });
    await expect(this.node(key)).toHaveClass(/is-drop-target/);
    await this.node(key).dispatchEvent('drop', { dataTransfer });
  }

  policy(title: 'MTA-STS' | 'TLS reports'): Locator {
    return this.details.getByRole('region', { name: title });
  }

  explanation(): Locator {
    return this.details.locator('.explanation');
  }

  async show(picture: 'Chain' | 'Outline'): Promise<void> {
    await this.page.locator('.chain-footer').getByText(picture, { exact: true }).click();
  }

  labDomain(domain: string): Locator {
    return this.page.getByRole('button', { name: domain });
  }

  recentDomain(domain: string): Locator {
    return this.page.getByRole('region', { name: 'Recent domains' }).getByRole('button', {
      name: domain,
    });
  }

  labButton(): Locator {
    return this.page.getByRole('button', { name: 'Try the built-in lab' });
  }

  leaveLabButton(): Locator {
    return this.page.getByRole('button', { name: /^Leave the lab/ });
  }

  forgetButton(): Locator {
    return this.page.getByRole('button', { name: 'Forget them' });
  }

  async goToStart(): Promise<void> {
    await this.page.getByRole('button', { name: 'DANE Inspector' }).click();
    await expect(this.page.getByRole('heading', { name: /Will mail/ })).toBeVisible();
  }

  themeButton(): Locator {
    return this.page.getByRole('button', { name: /^Switch to the (dark|light) theme$/ });
  }

  themed(theme: 'light' | 'dark'): Locator {
    return this.page.locator(`html[data-mantine-color-scheme="${theme}"]`);
  }

  screen(name: 'Inspect' | 'Settings'): Locator {
    return this.page.getByRole('navigation').getByRole('button', { name });
  }
}
