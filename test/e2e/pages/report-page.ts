/** Reports and case files as a test sees them: every selector is here. */
import { writeFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import type { Launched } from '../launch.ts';

export type Choice =
  'HTML…' | 'PDF…' | 'Markdown…' | 'CSV…' | 'JSON…' | 'Case file…' | 'Copy as Markdown';

export class ReportPage {
  readonly page: Page;
  readonly button: Locator;
  readonly menu: Locator;
  readonly said: Locator;
  readonly failure: Locator;
  readonly banner: Locator;
  readonly problem: Locator;
  readonly question: Locator;
  readonly #app: Launched['app'];

  constructor({ app, page }: Launched) {
    this.#app = app;
    this.page = page;
    this.button = page.getByRole('button', { name: 'Report', exact: true });
    this.menu = page.getByRole('menu', { name: 'Report' });
    this.said = page.locator('.report-note[role="status"]');
    this.failure = page.locator('.report-note[role="alert"]');
    this.banner = page.getByRole('region', { name: 'Case file' });
    this.problem = page.locator('.case-banner[role="alert"]');
    this.question = page.getByRole('dialog', { name: 'Leave the case and ask now?' });
  }

  async choose(choice: Choice): Promise<void> {
    await this.button.click();
    await this.menu.getByRole('menuitem', { name: choice }).click();
  }

  /** In the place of the system’s dialog; gives what it would have suggested. */
  async answerSave(filePath: string): Promise<void> {
    await this.#app.evaluate(({ dialog }, path) => {
      const answer = { canceled: path === '', filePath: path };
      // The dialog of a window has its options second.
      const stub = (...given: readonly unknown[]): Promise<typeof answer> => {
        Reflect.set(globalThis, 'suggested', given.at(-1));
        return Promise.resolve(answer);
      };
      dialog.showSaveDialog = stub;
    }, filePath);
  }

  async suggestion(): Promise<unknown> {
    return this.#app.evaluate(() => Reflect.get(globalThis, 'suggested') as unknown);
  }

  async answerOpen(path: string): Promise<void> {
    await this.#app.evaluate(({ dialog }, filePath) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
    }, path);
  }

  async save(choice: Choice, path: string): Promise<void> {
    await this.answerSave(path);
    await this.choose(choice);
    await expect(this.said).toHaveText(`Saved as ${path}`, { timeout: 30_000 });
    await this.said.getByRole('button', { name: 'Dismiss' }).click();
  }

  async open(path: string): Promise<void> {
    await this.answerOpen(path);
    await this.page.keyboard.press('Control+e');
  }

  /** As a person drops a file from the desktop. */
  async drop(path: string, at = { x: 600, y: 400 }): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const data = { items: [], files: [path], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await session.send('Input.dispatchDragEvent', { type, ...at, data });
    }
    await session.detach();
  }
}

/** A copy with one octet of the recorded run turned round. */
export function damage(path: string, octets: Buffer): void {
  const copy = Buffer.from(octets);
  // The data come some octets after the name in the local header (APPNOTE.TXT 6.3, 4.3.7).
  const place = copy.indexOf('/run.json') + 2000;
  copy.writeUInt8(copy.readUInt8(place) ^ 0xff, place);
  writeFileSync(path, copy);
}
