/** The picture of the chain and its outline, as a test sees them: every selector is here. */
import { expect, type Locator, type Page } from '@playwright/test';

export class ChainPage {
  readonly page: Page;
  readonly pane: Locator;
  readonly canvas: Locator;
  readonly trouble: Locator;
  readonly outline: Locator;
  readonly empty: Locator;
  readonly sheet: Locator;

  constructor(page: Page) {
    this.page = page;
    this.pane = page.getByRole('region', { name: 'The chain from DNS to the mail servers' });
    this.canvas = this.pane.getByRole('group', { name: /^The chain as a picture/ });
    this.trouble = this.pane.getByRole('region', { name: 'What to mend first' });
    this.outline = page.getByRole('tree', { name: 'Outline' });
    this.empty = this.pane.locator('.chain-empty');
    this.sheet = page.locator('.print-sheet');
  }

  node(key: string): Locator {
    return this.pane.locator(`[data-node="${key}"]`);
  }

  selected(): Locator {
    return this.canvas.locator('[data-node][aria-pressed="true"]');
  }

  hosts(): Locator {
    return this.pane.locator('[data-node^="host|"]');
  }

  addresses(host: string): Locator {
    return this.pane.locator(`[data-node^="addresses|${host}|"]`);
  }

  /** A row of hosts that one stands for. */
  fold(): Locator {
    return this.pane.locator('[data-node^="fold|"]');
  }

  ghosts(): Locator {
    return this.pane.locator('.ghost');
  }

  button(name: string | RegExp): Locator {
    return this.pane.getByRole('button', { name });
  }

  wires(kind: string): Locator {
    return this.pane.locator(`.wires .wire-${kind}`);
  }

  wireLabel(text: string): Locator {
    return this.pane.locator('.wires text', { hasText: text });
  }

  /** As the picture has it at this moment: pixels, and how far it is zoomed. */
  async viewport(): Promise<{ x: number; y: number; zoom: number }> {
    const transform = await this.pane
      .locator('.react-flow__viewport')
      .evaluate((element) => element.style.transform);
    const [x = 0, y = 0, zoom = 1] = (transform.match(/-?[\d.]+/g) ?? []).map(Number);
    return { x, y, zoom };
  }

  /** It lies within the picture's room, with nothing of it cut off. */
  async expectInSight(what: Locator): Promise<void> {
    await expect
      .poll(async () => {
        const [room, box] = [await this.canvas.boundingBox(), await what.boundingBox()];
        if (room === null || box === null) return 'not there';
        const isInside =
          box.x >= room.x - 1 &&
          box.y >= room.y - 1 &&
          box.x + box.width <= room.x + room.width + 1 &&
          box.y + box.height <= room.y + room.height + 1;
        return isInside ? 'in sight' : JSON.stringify({ room, box });
      })
      .toBe('in sight');
  }

  focused(): Promise<string | null> {
    return this.page.evaluate(
      () =>
        document.activeElement?.getAttribute('data-node') ??
        document.activeElement?.tagName ??
        null,
    );
  }

  async show(picture: 'Chain' | 'Outline'): Promise<void> {
    await this.pane.getByText(picture, { exact: true }).click();
  }
}
