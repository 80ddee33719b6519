/** What files hold, told on stderr or as JSON. */
import { formatParameters } from '../../shared/dane/tlsa.ts';
import { printable } from '../../shared/findings/safe-text.ts';
import type { Description, Piece } from '../../shared/material/describe.ts';
import type { Material, MaterialFile } from '../../shared/material/material.ts';
import type { Advice, Reason } from '../../shared/publish/advice.ts';
import type { Terminal } from './terminal.ts';

export function tellFile(
  { name, items, problems, locked }: MaterialFile,
  terminal: Terminal,
): void {
  for (const item of items) terminal.err(printable(`${name}: ${describe(item)}`));
  for (const problem of problems) terminal.err(printable(`${name}: ${problem}`));
  if (locked === 'password-needed') {
    terminal.err(printable(`${name}: Give the password with --password-file.`));
  }
}

/** What is odd about single pieces, and about all of it. */
export function tellRemarks({ pieces, remarks }: Description, terminal: Terminal): void {
  for (const piece of pieces) {
    for (const { text } of piece.remarks) terminal.err(printable(`${titleOf(piece)}: ${text}`));
  }
  for (const { text } of remarks) terminal.err(printable(text));
}

/** Only what speaks against a choice: who chose well need not be told. */
export function tellAdvice(
  advice: readonly Advice[],
  onSet: readonly Reason[],
  terminal: Terminal,
): void {
  for (const { kind, reasons } of advice) {
    for (const reason of reasons) {
      if (reason.tone === 'against')
        terminal.err(`${formatParameters(kind)}: ${withSource(reason)}`);
    }
  }
  for (const reason of onSet) terminal.err(printable(withSource(reason)));
}

function withSource({ text, reference }: Reason): string {
  return `${text.replace(/\.$/, '')} (${reference}).`;
}

export function plainFile({ name, items, problems, locked }: MaterialFile): {
  readonly name: string;
  readonly items: readonly string[];
  readonly problems: readonly string[];
  readonly locked: MaterialFile['locked'];
} {
  return { name, items: items.map(describe), problems, locked };
}

/** Times are ISO 8601. */
export function plainDescription({ pieces, chains, remarks }: Description): {
  readonly pieces: readonly object[];
  readonly chains: Description['chains'];
  readonly remarks: Description['remarks'];
} {
  return {
    pieces: pieces.map((piece) => ({
      ...piece,
      notBefore: instantOf(piece.notBefore),
      notAfter: instantOf(piece.notAfter),
    })),
    chains,
    remarks,
  };
}

function titleOf({ what, subject, keyType }: Piece): string {
  return `${TITLES[what]}${subject === null ? ` (${keyType})` : ` of ${subject}`}`;
}

const TITLES = {
  certificate: 'certificate',
  issuer: 'certificate',
  'public-key': 'public key',
  'private-key': 'private key',
  request: 'certificate request',
} as const;

function describe(item: Material): string {
  if (item.kind === 'key') {
    const of = item.subject === null ? '' : ` of ${item.subject}`;
    return `${ORIGINS[item.origin]}${of}, ${item.keyType}`;
  }
  const { subject, issuer, notAfter, keyType, selfIssued } = item.certificate;
  const by = selfIssued ? 'self-signed' : `issued by ${issuer}`;
  return `certificate of ${subject}, ${by}, ${keyType}, until ${dayOf(notAfter)}`;
}

const ORIGINS = {
  'public-key': 'public key',
  'private-key': 'private key (only its public half is used)',
  request: 'certificate request',
} as const;

function dayOf(instant: number | null): string {
  return instantOf(instant)?.slice(0, 10) ?? 'an unreadable date';
}

function instantOf(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}
