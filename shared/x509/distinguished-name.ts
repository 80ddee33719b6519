/** Distinguished names as text (RFC 4514) and as keys to compare by (RFC 5280 §7.1). */
import { TAG, childrenOf, readOid, type DerNode } from './der.ts';
import { bytesToHex } from './encoding.ts';
import { MAX_NAME_CHARACTERS } from './limits.ts';
import { escapeControls, hexForm, readString } from './text.ts';

export interface DistinguishedName {
  /** Most particular part first, as RFC 4514 has it; cut when very long. */
  readonly text: string;
  /** One line per RDN from the most general one: equal keys are equal names, a prefix is a subtree. */
  readonly key: string;
  /** Values of the commonName attributes, as they stand. */
  readonly commonNames: readonly string[];
}

/** Null when it is not a Name. */
export function readDistinguishedName(node: DerNode | undefined): DistinguishedName | null {
  const rdns = childrenOf(node, TAG.sequence);
  if (rdns === null) return null;
  const parsed: Attribute[][] = [];
  for (const rdn of rdns) {
    const attributes = childrenOf(rdn, TAG.set)?.map(readAttribute);
    if (attributes === undefined || attributes.length === 0) return null;
    const whole = attributes.filter((attribute) => attribute !== null);
    if (whole.length !== attributes.length) return null;
    parsed.push(whole);
  }
  const text = parsed
    .map((rdn) => rdn.map(attributeText).join('+'))
    .reverse()
    .join(', ');
  return {
    text: text.length > MAX_NAME_CHARACTERS ? `${text.slice(0, MAX_NAME_CHARACTERS)}…` : text,
    key: parsed.map((rdn) => `${rdn.map(attributeKey).sort().join('+')}\n`).join(''),
    commonNames: parsed
      .flat()
      .filter((attribute) => attribute.type === COMMON_NAME)
      .map((attribute) => readString(attribute.value) ?? hexForm(attribute.value)),
  };
}

interface Attribute {
  readonly type: string;
  readonly value: DerNode;
}

const COMMON_NAME = '2.5.4.3';

/** RFC 4514 §3, and those that certificates of mail servers carry besides. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  [COMMON_NAME]: 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.97': 'organizationIdentifier',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
};

function readAttribute(node: DerNode): Attribute | null {
  const [type, value, ...rest] = childrenOf(node, TAG.sequence) ?? [];
  const oid = readOid(type);
  if (oid === null || value === undefined || rest.length > 0) return null;
  return { type: oid, value };
}

function attributeText({ type, value }: Attribute): string {
  const characters = readString(value);
  const shown =
    characters === null
      ? hexForm(value)
      : // RFC 4514 §2.4: what would read as the end of the value is escaped.
        escapeControls(characters.replace(/[\\",+;<>]|^[ #]| $/g, '\\$&'));
  return `${SHORT_NAMES[type] ?? type}=${shown}`;
}

/** RFC 5280 §7.1: string types compare alike, without regard to case and to repeated blanks. */
function attributeKey({ type, value }: Attribute): string {
  const characters = readString(value);
  if (characters === null) return `${type}=#${bytesToHex(value.der)}`;
  return `${type}=${JSON.stringify(characters.trim().replace(/\s+/g, ' ').toLowerCase())}`;
}
