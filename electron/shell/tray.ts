/** The icon in the tray. Where the desktop has no place for one, nothing is shown and nothing breaks. */
import {
  Menu,
  nativeImage,
  Tray,
  type MenuItemConstructorOptions,
  type NativeImage,
} from 'electron';
import type { TrayFace, TrayItem, TrayView } from './tray-menu.ts';
import { trayPicture } from './tray-picture.ts';

export type TrayAction = NonNullable<TrayItem['action']>;

/** Points of a tray icon: at one, and at two points a pixel. */
const SIZE = 22;

export class TrayIcon {
  readonly #act: (action: TrayAction) => void;
  #tray: Tray | null = null;
  #shown = '';
  #face: TrayFace | null = null;

  constructor(act: (action: TrayAction) => void) {
    this.#act = act;
  }

  show(view: TrayView): void {
    // Some desktops close an open menu when another takes its place.
    const asked = JSON.stringify(view);
    if (asked === this.#shown) return;
    this.#shown = asked;
    try {
      this.#tray ??= this.#create(view.face);
      if (this.#face !== view.face) this.#tray.setImage(picture(view.face));
      this.#face = view.face;
      this.#tray.setToolTip(view.tip);
      this.#tray.setContextMenu(Menu.buildFromTemplate(trayTemplate(view, this.#act)));
    } catch (error) {
      console.error(`No icon in the tray: ${error instanceof Error ? error.message : 'unknown'}`);
    }
  }

  remove(): void {
    this.#tray?.destroy();
    this.#tray = null;
    this.#shown = '';
    this.#face = null;
  }

  #create(face: TrayFace): Tray {
    const tray = new Tray(picture(face));
    tray.on('click', () => {
      this.#act('open');
    });
    return tray;
  }
}

export function trayTemplate(
  { items }: TrayView,
  act: (action: TrayAction) => void,
): MenuItemConstructorOptions[] {
  return items.map((item) => {
    if (item === 'line') return { type: 'separator' };
    const { label, action, enabled, checked } = item;
    const click = (): void => {
      if (action !== null) act(action);
    };
    return checked === undefined
      ? { label, enabled, click }
      : { label, enabled, click, type: 'checkbox', checked };
  });
}

function picture(face: TrayFace): NativeImage {
  const image = nativeImage.createEmpty();
  for (const scaleFactor of [1, 2]) {
    const size = SIZE * scaleFactor;
    const buffer = Buffer.from(trayPicture(face, size));
    const bitmap = nativeImage.createFromBitmap(buffer, { width: size, height: size, scaleFactor });
    image.addRepresentation({
      scaleFactor,
      width: size,
      height: size,
      buffer: bitmap.toPNG({ scaleFactor }),
    });
  }
  return image;
}
