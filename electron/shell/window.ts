/** The one window: sandboxed, isolated, without Node, at the place where it was left. */
import { join } from 'node:path';
import { BrowserWindow, nativeTheme, screen, type Rectangle } from 'electron';
import type { ZoomStep } from '../../shared/ipc/preferences.ts';
import { APP_PAGE } from './app-protocol.ts';
import { MAX_ZOOM, MIN_ZOOM, type SettingsFile, type StoredWindow } from './settings-file.ts';

const MIN_WIDTH = 960;
const MIN_HEIGHT = 600;
const DEFAULT_WIDTH = 1360;
const DEFAULT_HEIGHT = 880;
/** As `--bg` in the window's tokens, so that nothing flashes before the page is there. */
const BACKGROUND = { light: '#f6f7f9', dark: '#10141b' };

export function openWindow(outFolder: string, settings: SettingsFile): BrowserWindow {
  const place = visiblePlace(settings.current.window);
  const window = new BrowserWindow({
    width: DEFAULT_WIDTH,
    height: DEFAULT_HEIGHT,
    ...place,
    minWidth: MIN_WIDTH,
    minHeight: MIN_HEIGHT,
    show: false,
    title: 'DANE Inspector',
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: join(outFolder, 'preload', 'preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  if (settings.current.window?.maximized === true) window.maximize();
  window.once('ready-to-show', () => {
    window.show();
  });
  // Chromium remembers a size of its own for each origin: ours is what counts.
  window.webContents.on('did-finish-load', () => {
    window.webContents.setZoomFactor(settings.current.zoom);
  });
  // The wheel with Ctrl held, where the page itself does nothing with it.
  window.webContents.on('zoom-changed', (_event, direction) => {
    zoom(window, settings, direction);
  });
  window.on('close', () => {
    settings.change({
      window: { ...window.getNormalBounds(), maximized: window.isMaximized() },
    });
  });
  void window.loadURL(APP_PAGE);
  return window;
}

/** The next size of the list; a size that is not on it goes to its neighbour. */
export function zoom(window: BrowserWindow, settings: SettingsFile, step: ZoomStep): void {
  if (window.isDestroyed()) return;
  const now = settings.current.zoom;
  const next = {
    in: ZOOMS.find((size) => size > now) ?? MAX_ZOOM,
    out: ZOOMS.filter((size) => size < now).at(-1) ?? MIN_ZOOM,
    reset: 1,
  }[step];
  window.webContents.setZoomFactor(next);
  if (next !== now) settings.change({ zoom: next });
}

/** As in browsers. */
const ZOOMS: readonly number[] = [
  MIN_ZOOM,
  0.67,
  0.75,
  0.8,
  0.9,
  1,
  1.1,
  1.25,
  1.5,
  1.75,
  MAX_ZOOM,
];

/** Where the window was, if a screen still shows enough of it to take hold of, and no larger than all screens together. */
function visiblePlace(stored: StoredWindow | null): Partial<Rectangle> {
  if (stored === null) return {};
  const { x, y, width, height } = stored;
  const areas = screen.getAllDisplays().map(({ workArea }) => workArea);
  const most = (side: 'width' | 'height'): number =>
    areas.reduce((sum, area) => sum + area[side], 0);
  const size = {
    width: Math.max(Math.min(width, most('width')), MIN_WIDTH),
    height: Math.max(Math.min(height, most('height')), MIN_HEIGHT),
  };
  // By its title bar a person moves it.
  const seen = areas.some(
    (area) =>
      x + GRIP < area.x + area.width &&
      x + size.width - GRIP > area.x &&
      y + GRIP < area.y + area.height &&
      y + GRIP > area.y,
  );
  return seen ? { x, y, ...size } : size;
}

/** Pixels of it. */
const GRIP = 40;
