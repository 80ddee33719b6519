/** Text as it may go to the clipboard, from where a person pastes it into a terminal or a zone file. */

/** C0 and C1 controls but tab and line feed; bidirectional marks and overrides; line separators. */
// oxlint-disable-next-line no-control-regex -- these are the very characters to take out
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Characters that are not seen could run a command or hide one: they are left out. */
export function clipboardText(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(UNSEEN, '');
}
