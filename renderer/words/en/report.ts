/** Words of the reports and case files. */

export const report = {
  button: 'Report',
  buttonHint: 'Save or copy the report (Ctrl+S)',
  notYet: 'When the inspection has finished',
  formats: {
    html: { name: 'HTML…', about: 'one page with the picture; opens anywhere' },
    pdf: { name: 'PDF…', about: 'the same, printed' },
    markdown: { name: 'Markdown…', about: 'text for tickets and wikis' },
    csv: { name: 'CSV…', about: 'one line for a spreadsheet' },
    json: { name: 'JSON…', about: 'everything, for programs' },
    case: { name: 'Case file…', about: 'the evidence too, for others to validate' },
  },
  copyAs: { name: 'Copy as Markdown', about: 'for a ticket or a mail' },
  copied: 'Copied as Markdown',
  tooLongToCopy: 'The report is too long for the clipboard. Save it as Markdown instead.',
  saveElsewhere: 'Save elsewhere…',
  couldNotSave: (fault: string) =>
    `The report could not be saved because of a fault in this program (${fault}).`,
  couldNotCopy: (fault: string) =>
    `The report could not be copied because of a fault in this program (${fault}).`,
  case: {
    title: 'Case file',
    opening: 'A case is being opened',

    banner: <Piece>(
      headline: Piece,
      version: Piece,
      likeness: string,
    ): readonly (string | Piece)[] => [
      headline,
      ', recorded by version ',
      version,
      `: nobody was asked now. The evidence was validated again, as of its own time: ${likeness}`,
    ],
    headline: <Piece>(instant: Piece): readonly (string | Piece)[] => ['Case of ', instant],
    likeness: {
      same: 'it comes to the same report.',
      'same findings': 'it comes to the same outcomes and findings, if not in every particular.',
      different:
        'it does not come to the report that the file holds. Shown is what the evidence gives.',
    },
    ownTrust:
      'It brings its own trust anchors: nothing in it is proven by the keys of the real root.',
    askNow: 'Ask now…',
    askNowHint: 'Ask the domain’s servers as they are now (F5)',
    domains: 'Domains in this case',
    oneAtATime: (count: number, name: string) =>
      `One case is shown at a time: of ${count}, ${name} was opened.`,
    tooLarge: (name: string, most: number) =>
      `${name} cannot be opened: it is larger than ${most} MiB.`,
    unreadable: (name: string) => `${name} cannot be opened: it cannot be read.`,
    couldNotOpen: (fault: string) => `The case cannot be opened (${fault}).`,
  },
  leaving: {
    title: 'Leave the case and ask now?',
    ofInternet: <Piece>(domain: Piece): readonly (string | Piece)[] => [
      'The servers of ',
      domain,
      ' are asked on the internet, as they are now. The case gives way to what they say; its file stays as it is.',
    ],
    ofLab: <Piece>(domain: Piece): readonly (string | Piece)[] => [
      'The servers of ',
      domain,
      ' are asked in the built-in lab, as they are now. The case gives way to what they say; its file stays as it is.',
    ],
    stay: 'Stay with the case',
    ask: 'Ask now',
  },
};
