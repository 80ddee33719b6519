/** Details in states that scripted streams put the window into: servers that differ, two keys, a file, policies. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import {
  fromFile,
  IN_ORDER,
  NO_POLICY,
  NO_REPORTS,
  policyEvent,
  surveyed,
  twoKeys,
} from '../unit/renderer/streams-of-servers.ts';
import { chooseTheme, launch, resize, type Launched } from './launch.ts';
import { play } from './scripted.ts';

const FOLDER = join('test-results', 'screenshots');
const DOMAIN = 'example.org';
const HOST = 'host|mx1.example.org';

let launched: Launched;

test.beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  launched = await launch(['--lab']);
});

test.afterAll(async () => {
  await launched.close();
});

test.afterEach(() => {
  expect(launched.complaints).toEqual([]);
});

test('a red answer opens to what was asked, what came, what should have, and the message', async () => {
  const { inspector } = launched;
  await play(launched, DOMAIN, surveyed());
  await inspector.select(HOST);
  await inspector.openTab('Name servers');
  const opened = inspector.explanation();
  await expect(opened).toContainText('_tcp.mx1.example.org does not exist, and proves it');
  await expect(opened).toContainText('should be NOERROR without records');
  await expect(opened).toContainText('Whom to tell: Whoever runs ns2.example.org');
  await opened.getByRole('button', { name: 'Show the answer to A over UDP' }).click();
  await expect(opened.getByRole('tree', { name: 'Fields' })).toContainText('0x1f2b');
  await expect(opened.getByRole('grid', { name: 'Octets' })).toContainText('1f2b8500');
  await inspector.ancestorCell('serial 2026112301').getByRole('button').click();
  await expect(opened).toContainText('198.51.100.53 says something else for example.org SOA');
  await expect(opened).toContainText('TIMEOUT');
  await expect(inspector.ancestorCell('no TCP')).not.toHaveCount(0);
});

test('two kinds of keys are two chains, each joined to its records, and a comparison folds', async () => {
  const { inspector } = launched;
  await play(launched, DOMAIN, twoKeys());
  await expect(inspector.node('chain|mx1.example.org|0')).toBeVisible();
  await expect(inspector.node('chain|mx1.example.org|1')).toBeVisible();
  await expect(inspector.node('chain|mx1.example.org|2')).toHaveCount(0);
  await expect(inspector.match('equal')).toHaveCount(1);
  await expect(inspector.match('differs')).toHaveCount(2);
  await inspector.select(HOST);
  await inspector.openTab('SMTP');
  await expect(inspector.conversation('usual offer and without SNI · ECDSA P-256')).toHaveCount(2);
  await expect(inspector.conversation('asked for RSA · RSA 2048')).toHaveCount(2);
  await inspector.openTab('Certificates');
  await expect(inspector.details).toContainText('Not in order');
  await expect(inspector.details).toContainText('Certificate 3 takes no part');
  await expect(inspector.details).toContainText('2 1 1 was meant');
});

test('a chain from a file is said to be one', async () => {
  const { inspector } = launched;
  await play(launched, DOMAIN, fromFile());
  await inspector.select(HOST);
  await inspector.openTab('SMTP');
  await expect(inspector.conversation('from a file')).toHaveCount(1);
  await expect(inspector.details).toContainText('Nobody was spoken to');
});

test('policies stand beside the domain, and a host that one leaves out is named', async () => {
  const { inspector } = launched;
  await play(launched, DOMAIN, surveyed());
  await inspector.openFinding('mta-sts-mx-mismatch');
  await expect(inspector.policy('MTA-STS')).toContainText('leaves out a host');
  await expect(
    inspector.policy('MTA-STS').getByRole('listitem').filter({ hasText: 'mx2.example.org' }),
  ).toContainText('is not covered');
  await expect(inspector.policy('TLS reports')).toContainText('mailto:tls-reports@example.org');
});

const axed = new Set([
  'evidence-servers-full',
  'evidence-policy',
  'evidence-certificates-full',
  'evidence-smtp',
]);

const SIZES = [
  { width: 1280, height: 800 },
  { width: 960, height: 600 },
  { width: 1920, height: 1080 },
];

for (const { width, height } of SIZES) {
  for (const theme of ['light', 'dark'] as const) {
    test(`the same for the eye, and axe has nothing against it, ${width} × ${height}, ${theme}`, async () => {
      test.setTimeout(180_000);
      const { inspector, page } = launched;
      await chooseTheme(launched, theme);
      await resize(launched, width, height);
      const shoot = async (name: string): Promise<void> => {
        await page.screenshot({ path: join(FOLDER, `${name}-${width}-${theme}.png`) });
        // Once a theme: axe takes seconds, and sees the same at every size.
        if (width === 1280 && axed.has(name)) expect(await seriousViolations(), name).toEqual([]);
      };
      await play(launched, DOMAIN, surveyed());
      await inspector.reach(HOST);
      await inspector.openTab('Name servers');
      await shoot('evidence-servers');
      await fill();
      await inspector
        .explanation()
        .getByRole('button', { name: /^Show the answer/ })
        .first()
        .click();
      await shoot('evidence-servers-full');
      await shrink();
      await inspector.reach('domain');
      await inspector.openTab('Policy');
      await shoot('evidence-policy');
      await inspector.openTab('Name servers');
      await shoot('evidence-domain-servers');
      await play(launched, DOMAIN, twoKeys());
      await shoot('evidence-two-keys');
      await inspector.reach(HOST);
      await inspector.openTab('SMTP');
      await shoot('evidence-smtp');
      await inspector.openTab('Certificates');
      await shoot('evidence-certificates');
      await fill();
      await shoot('evidence-certificates-full');
      await shrink();
      await inspector.reach('tlsa|mx1.example.org|1');
      await inspector.openTab('Records');
      await shoot('evidence-identity');
      await play(launched, DOMAIN, [
        ...fromFile().slice(0, -1),
        policyEvent(
          {
            ...IN_ORDER,
            policy: null,
            problem: 'the file is sent as text/html, not as text/plain',
          },
          NO_REPORTS,
        ),
      ]);
      await inspector.reach('domain');
      await inspector.openTab('Policy');
      await shoot('evidence-policy-unusable');
      await play(launched, DOMAIN, [...fromFile(), policyEvent(NO_POLICY, NO_REPORTS)]);
      await inspector.reach(HOST);
      await inspector.openTab('SMTP');
      await inspector.details.getByRole('button', { name: 'Judge another saved chain' }).click();
      await shoot('evidence-file');
    });
  }
}

async function fill(): Promise<void> {
  await launched.page.getByRole('separator', { name: 'Height of the details' }).press('End');
}

async function shrink(): Promise<void> {
  const handle = launched.page.getByRole('separator', { name: 'Height of the details' });
  await handle.press('Home');
  for (let step = 0; step < 5; step += 1) await handle.press('ArrowUp');
}

async function seriousViolations(): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page: launched.page })
    .setLegacyMode(true)
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}
