/** The Generate screen as a test sees it: every selector is here. */
import { expect, type Locator, type Page } from '@playwright/test';

export class GeneratePage {
  readonly page: Page;
  readonly dropPlace: Locator;
  readonly things: Locator;
  readonly records: Locator;
  readonly text: Locator;
  readonly copyButton: Locator;
  readonly saveButton: Locator;
  readonly saved: Locator;
  readonly hostField: Locator;

  constructor(page: Page) {
    this.page = page;
    this.dropPlace = page.getByRole('heading', { name: 'Drop certificates, keys or requests' });
    this.things = page.getByRole('region', { name: 'Things dropped' });
    this.records = page.getByRole('region', { name: 'Records to publish' });
    this.text = page.getByRole('region', { name: 'The records as text' });
    this.copyButton = page.getByRole('button', { name: 'Copy the records' });
    this.saveButton = page.getByRole('button', { name: 'Save…' });
    this.saved = this.records.getByRole('status').filter({ hasText: 'Saved as' });
    this.hostField = page.getByRole('textbox', { name: 'Another mail host' });
  }

  screen(name: 'Inspect' | 'Generate' | 'Rollover'): Locator {
    return this.page.getByRole('navigation').getByRole('button', { name });
  }

  /** As a person does: the files come from the disk, and Chromium decides what the page is told. */
  async drop(files: readonly string[], at = { x: 600, y: 400 }): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const data = { items: [], files: [...files], dragOperationsMask: 1 };
    await session.send('Input.dispatchDragEvent', { type: 'dragEnter', ...at, data });
    await session.send('Input.dispatchDragEvent', { type: 'dragOver', ...at, data });
    await expect(this.overlay()).toBeVisible();
    await session.send('Input.dispatchDragEvent', { type: 'drop', ...at, data });
    await session.detach();
    await expect(this.overlay()).toHaveCount(0);
  }

  overlay(): Locator {
    return this.page.locator('.drop-overlay');
  }

  async clear(): Promise<void> {
    await this.screen('Generate').click();
    const clear = this.page.getByRole('button', { name: 'Clear all', exact: true });
    if (await clear.isVisible()) await clear.click();
    await expect(this.dropPlace).toBeVisible();
  }

  /** One thing, by what it is and whose. */
  card(name: string | RegExp): Locator {
    return this.things.getByRole('article', { name });
  }

  passwordField(file: string): Locator {
    return this.card(file).getByLabel(/password/i);
  }

  async open(file: string, password: string): Promise<void> {
    await this.passwordField(file).fill(password);
    await this.passwordField(file).press('Enter');
  }

  /** The records in the chosen form; the window draws only the lines that are seen. */
  async lines(): Promise<readonly string[]> {
    return this.text.locator('> div > div').allTextContents();
  }

  host(name: string): Locator {
    return this.records.getByRole('checkbox', { name, exact: true });
  }

  port(port: number): Locator {
    return this.records.getByRole('checkbox', { name: new RegExp(`^Port ${port},`) });
  }

  format(name: string): Locator {
    return this.records.getByRole('radio', { name, exact: true });
  }

  kind(parameters: string): Locator {
    return this.records.getByRole('checkbox', { name: new RegExp(`^${parameters}`) });
  }

  target(host: string, port = 25): Locator {
    return this.page.getByRole('article', { name: `${host}, port ${port}` });
  }

  whatIf(host: string): Locator {
    return this.page.getByRole('region', { name: `What if, at ${host}` });
  }
}
