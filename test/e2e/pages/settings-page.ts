/** Settings, About, shortcuts, notices and the question about a domain, as a test sees them. */
import { writeFileSync } from 'node:fs';
import { expect, type ElectronApplication, type Locator, type Page } from '@playwright/test';
import type { PreferenceField } from '../../../shared/ipc/preferences.ts';
import type { Launched } from '../launch.ts';

export class SettingsPage {
  readonly page: Page;
  readonly app: ElectronApplication;
  readonly notices: Locator;
  readonly question: Locator;
  readonly shortcuts: Locator;
  readonly about: Locator;
  readonly outcome: Locator;

  constructor({ app, page }: Pick<Launched, 'app' | 'page'>) {
    this.app = app;
    this.page = page;
    this.notices = page.getByRole('region', { name: 'Notices' }).getByRole('alert');
    this.question = page.getByRole('dialog', { name: /^Inspect / });
    this.shortcuts = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    this.about = page.getByRole('region', { name: 'About' });
    this.outcome = page.locator('.setting-outcome');
  }

  async open(): Promise<void> {
    await this.page.keyboard.press('Control+,');
    await expect(this.page.getByRole('heading', { name: 'Settings', exact: true })).toBeVisible();
  }

  row(field: PreferenceField): Locator {
    return this.page.locator(`[data-setting="${field}"]`);
  }

  /** Text fields and switches. */
  control(field: PreferenceField): Locator {
    return this.page.locator(`#setting-${field}-control`);
  }

  /** Types it and leaves the field. */
  async type(field: PreferenceField, text: string): Promise<void> {
    await this.control(field).fill(text);
    await this.control(field).blur();
  }

  choice(field: PreferenceField, name: string): Locator {
    return this.row(field).getByText(name, { exact: true });
  }

  refusal(field: PreferenceField): Locator {
    return this.row(field).getByRole('alert');
  }

  reset(field: PreferenceField): Locator {
    return this.row(field).getByRole('button', { name: /^Reset / });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  shortcut(label: string): Locator {
    return this.shortcuts.locator('dt', { hasText: label }).first();
  }

  answer(name: 'Leave it' | 'Inspect'): Locator {
    return this.question.getByRole('button', { name, exact: true });
  }

  /** The next dialog of the system gives this file; null gives none. */
  async choosesFile(path: string | null): Promise<void> {
    await this.app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = async () => ({
        canceled: chosen === null,
        filePaths: chosen === null ? [] : [chosen],
      });
      dialog.showSaveDialog = async () => ({
        canceled: chosen === null,
        filePath: chosen ?? '',
      });
    }, path);
  }

  /** As when a line of the menu is clicked; the path is made of labels. */
  async menu(...labels: string[]): Promise<void> {
    await this.app.evaluate(({ Menu }, path) => {
      let items = Menu.getApplicationMenu()?.items ?? [];
      for (const [depth, label] of path.entries()) {
        const item = items.find((each) => each.label === label);
        if (item === undefined) throw new Error(`no ${label} in the menu`);
        if (depth === path.length - 1) item.click();
        items = item.submenu?.items ?? [];
      }
    }, labels);
  }

  /** Labels and keys of the whole menu, submenus after the line that opens them. */
  async menuLines(): Promise<readonly { readonly label: string; readonly keys: string | null }[]> {
    return this.app.evaluate(({ Menu }) => {
      type Items = NonNullable<ReturnType<typeof Menu.getApplicationMenu>>['items'];
      const walk = (items: Items): { label: string; keys: string | null }[] =>
        items.flatMap((item) => [
          {
            label: item.label,
            keys: typeof item.accelerator === 'string' ? item.accelerator : null,
          },
          ...walk(item.submenu?.items ?? []),
        ]);
      return walk(Menu.getApplicationMenu()?.items ?? []);
    });
  }

  /** What the person sees, also of an enlarged page. */
  async picture(path: string): Promise<void> {
    const png = await this.app.evaluate(async ({ BrowserWindow }) => {
      const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
      return image?.toPNG().toString('base64') ?? '';
    });
    writeFileSync(path, Buffer.from(png, 'base64'));
  }
}
