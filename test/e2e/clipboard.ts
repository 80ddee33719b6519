/** What a press of a button puts on the clipboard. */
import { expect, type ElectronApplication, type Locator } from '@playwright/test';

export async function copied(app: ElectronApplication, button: Locator): Promise<string> {
  const text = (): Promise<string> => app.evaluate(({ clipboard }) => clipboard.readText());
  await app.evaluate(({ clipboard }) => {
    clipboard.clear();
  });
  await button.click();
  await expect.poll(text).not.toBe('');
  return text();
}
