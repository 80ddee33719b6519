/** axe-core on every screen, light and dark. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { chooseTheme, launch, type Launched } from './launch.ts';

// axe takes its time on a slow machine, and looks seven times in one of these.
test.describe.configure({ timeout: 180_000 });

let launched: Launched;

test.beforeAll(async () => {
  launched = await launch(['--lab']);
});

test.afterAll(async () => {
  await launched.close();
});

for (const theme of ['light', 'dark'] as const) {
  test(`no serious violation on the start screen, ${theme}`, async () => {
    await chooseTheme(launched, theme);
    await launched.page.reload();
    await launched.inspector.isReady();
    expect(await seriousViolations()).toEqual([]);
  });

  test(`no serious violation with a result, its findings and every tab, ${theme}`, async () => {
    const { inspector } = launched;
    await chooseTheme(launched, theme);
    await inspector.inspect('stale.lab');
    await inspector.fixButton.click();
    for (const tab of ['Records', 'Trust', 'Name servers', 'SMTP', 'Certificates'] as const) {
      await inspector.openTab(tab);
      expect(await seriousViolations(), tab).toEqual([]);
    }
    await inspector.show('Outline');
    expect(await seriousViolations(), 'outline').toEqual([]);
    await inspector.show('Chain');
    await inspector.inspect('denied.lab');
    await inspector.unfoldFindings();
    expect(await seriousViolations(), 'ancestors').toEqual([]);
  });

  test(`no serious violation in the settings, ${theme}`, async () => {
    const { inspector } = launched;
    await chooseTheme(launched, theme);
    await inspector.screen('Settings').click();
    expect(await seriousViolations()).toEqual([]);
    await inspector.screen('Inspect').click();
  });
}

/** Electron cannot open the second page in which axe would otherwise merge frames: legacy mode. */
async function seriousViolations(): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page: launched.page })
    .setLegacyMode(true)
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
