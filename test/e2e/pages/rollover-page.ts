/** The Rollover screen as a test sees it: every selector is here. */
import { expect, type Locator, type Page } from '@playwright/test';

export class RolloverPage {
  readonly page: Page;
  readonly screen: Locator;
  readonly host: Locator;
  readonly port: Locator;
  readonly verdict: Locator;
  readonly sentence: Locator;
  readonly picture: Locator;
  readonly steps: Locator;
  readonly inUse: Locator;
  readonly next: Locator;
  readonly recordText: Locator;
  readonly hook: Locator;
  readonly script: Locator;
  readonly settings: Locator;

  constructor(page: Page) {
    this.page = page;
    this.screen = page.locator('.rollover');
    this.host = this.screen.getByRole('textbox', { name: 'Mail host' });
    this.port = this.screen.getByRole('textbox', { name: 'Port' });
    this.verdict = this.screen.locator('[data-verdict]');
    this.sentence = this.screen.locator('.plan-verdict p');
    this.picture = this.screen.getByRole('img', { name: /^The plan along time/ });
    this.steps = this.screen.getByRole('region', { name: 'Steps' });
    this.inUse = this.screen.getByRole('region', { name: 'In use now' });
    this.next = this.screen.getByRole('region', { name: 'Dropped as next' });
    this.recordText = this.screen.getByLabel('Records to publish', { exact: true });
    this.hook = page.getByRole('dialog', { name: /^Hook script/ });
    this.script = this.hook.getByLabel('The script', { exact: true });
    this.settings = this.screen.getByRole('region', { name: 'Server settings' });
  }

  async open(): Promise<void> {
    await this.page.getByRole('navigation').getByRole('button', { name: 'Rollover' }).click();
    await expect(this.host).toBeVisible();
  }

  async lookAt(host: string): Promise<void> {
    await this.host.fill(host);
    await this.host.press('Enter');
    await this.hasLooked();
  }

  async hasLooked(): Promise<void> {
    await expect(this.checkNow()).toBeEnabled();
  }

  checkNow(): Locator {
    return this.screen.getByRole('button', { name: 'Check now' });
  }

  offer(host: string): Locator {
    return this.screen.getByRole('list', { name: 'Hosts to choose from' }).getByRole('button', {
      name: host,
    });
  }

  candidate(file: string): Locator {
    return this.next.getByRole('listitem').filter({ hasText: file });
  }

  password(file: string): Locator {
    return this.next.getByRole('article', { name: file }).getByLabel(/password/i);
  }

  scheme(title: string): Locator {
    return this.screen.getByRole('radio', { name: title });
  }

  step(title: string | RegExp): Locator {
    return this.steps.getByRole('row').filter({ hasText: title });
  }

  async saveCalendar(): Promise<void> {
    await this.screen.getByRole('button', { name: 'Calendar' }).click();
  }

  async openHook(): Promise<void> {
    await this.screen.getByRole('button', { name: 'Hook script' }).click();
    await expect(this.hook).toBeVisible();
  }

  /** Real files, as the system's own drag would bring them: by way of the debugging protocol. */
  async drop(...files: readonly string[]): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const region = this.screen.getByRole('region', { name: 'Files' });
    await region.scrollIntoViewIfNeeded();
    const box = await region.boundingBox();
    if (box === null) throw new Error('the region for files is not on the screen');
    const data = { items: [], files: [...files], dragOperationsMask: 1 };
    const place = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, ...place, data });
    }
    await session.detach();
  }
}
