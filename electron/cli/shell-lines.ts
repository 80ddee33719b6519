/** Breaks a command into lines that a shell joins again: what a terminal has broken is pasted as several commands. */

/**
 * Between words, and within long ones behind a comma; never inside single quotes, where a backslash means itself
 * (POSIX, Shell Command Language §2.2). What continues a word stands at the start of its line.
 */
export function shellLines(command: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  const put = (piece: string, before: string, indent: string): void => {
    if (line !== '' && `${line}${before}${piece} ${CONTINUES}`.length > width) {
      lines.push(`${line}${before}${CONTINUES}`);
      line = `${indent}${piece}`;
    } else {
      line += `${line === '' ? '' : before}${piece}`;
    }
  };
  for (const word of command.match(WORDS) ?? []) {
    const [first = '', ...more] = word.includes("'") ? [word] : word.split(/(?<=,)/);
    put(first, ' ', INDENT);
    for (const piece of more) put(piece, '', '');
  }
  return [...lines, line].join('\n');
}

/** Quoted pieces, characters behind a backslash, and plain ones, up to the next blank. */
const WORDS = /(?:'[^']*'|\\.|[^\s'\\])+/g;
const CONTINUES = '\\';
const INDENT = '  ';
