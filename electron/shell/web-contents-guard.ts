/** Denies whatever a page of ours never needs: other pages, windows, permissions, downloads, requests. */
import type { App, Session } from 'electron';
import { APP_ORIGIN } from './app-protocol.ts';

/** For every web contents there ever is, also such as we did not mean to make. */
export function guardWebContents(app: App): void {
  app.on('web-contents-created', (_, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => {
      event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
    });
  });
}

export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => {
    decide(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => {
    event.preventDefault();
  });
  session.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !mayLoad(details.url) });
  });
}

/** Our own pages; the developer tools, where they are open, load theirs. */
function mayLoad(url: string): boolean {
  return url.startsWith(`${APP_ORIGIN}/`) || url.startsWith('devtools://') || isInlineData(url);
}

function isInlineData(url: string): boolean {
  return url.startsWith('data:image/') || url.startsWith('data:font/');
}
