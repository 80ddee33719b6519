/** Chains in every shape that matters to DANE-TA(2) and DANE-EE(3), made with OpenSSL's own tools. */
import type { Made, Workshop } from './openssl-dane-judge.ts';

export const HOST = 'mx.example.org';
const DAY = 86_400_000;
/** Ten days on: what was made for five days has expired. */
export const AT = Date.now() + 10 * DAY;
const SHORT = 5;
const NOT_YET = Date.now() - DAY;
const UNKNOWN_CRITICAL = '1.2.3.4=critical,DER:0500';

export const CA = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign'];
export const SAN = [`subjectAltName=DNS:${HOST}`];

export interface Cast {
  readonly root: Made;
  readonly middle: Made;
  readonly leaf: Made;
  readonly stranger: Made;
  /** A second certificate beside one of the others; only where the order has it. */
  readonly twin: Made;
}

/** Where the record's data come from. */
export type Source = keyof Cast;

export interface Shape {
  readonly title: string;
  readonly cast: (workshop: Workshop, usual: Cast) => Partial<Cast>;
  readonly order: readonly Source[];
  /** Depths of OpenSSL are those of its path: equal to ours where the chain is sent in its order. */
  readonly ordered: boolean;
  /** The TLSA base domain; `HOST` unless told otherwise. */
  readonly host?: string;
  /** The instant of judgement; `AT` unless told otherwise. */
  readonly at?: number;
}

const same = (): Partial<Cast> => ({});

export const SHAPES: readonly Shape[] = [
  { title: 'whole chain', cast: same, order: ['leaf', 'middle', 'root'], ordered: true },
  { title: 'root left out', cast: same, order: ['leaf', 'middle'], ordered: true },
  { title: 'leaf alone', cast: same, order: ['leaf'], ordered: true },
  { title: 'wrong order', cast: same, order: ['leaf', 'root', 'middle'], ordered: false },
  {
    title: 'a stranger in between',
    cast: same,
    order: ['leaf', 'stranger', 'middle', 'root'],
    ordered: false,
  },
  {
    title: 'everything twice',
    cast: same,
    order: ['leaf', 'middle', 'middle', 'root', 'root', 'leaf'],
    ordered: false,
  },
  {
    title: 'expired leaf',
    cast: (workshop, { middle }) => ({
      leaf: workshop.make({ subject: HOST, issuer: middle, extensions: SAN, days: SHORT }),
    }),
    order: ['leaf', 'middle', 'root'],
    ordered: true,
  },
  {
    title: 'expired intermediate',
    cast: (workshop, { root }) => {
      const middle = workshop.make({
        subject: 'Middle',
        issuer: root,
        extensions: CA,
        days: SHORT,
      });
      return { middle, leaf: workshop.make({ subject: HOST, issuer: middle, extensions: SAN }) };
    },
    order: ['leaf', 'middle', 'root'],
    ordered: true,
  },
  {
    title: 'another name',
    cast: (workshop, { middle }) => ({
      leaf: workshop.make({
        subject: HOST,
        issuer: middle,
        extensions: ['subjectAltName=DNS:other.example'],
      }),
    }),
    order: ['leaf', 'middle', 'root'],
    ordered: true,
  },
  {
    title: 'common name alone',
    cast: (workshop, { middle }) => ({
      leaf: workshop.make({
        subject: HOST,
        issuer: middle,
        extensions: ['basicConstraints=CA:FALSE'],
      }),
    }),
    order: ['leaf', 'middle', 'root'],
    ordered: true,
  },
  {
    title: 'wildcard and RSA',
    cast: (workshop, { middle }) => ({
      leaf: workshop.make({
        subject: 'x',
        issuer: middle,
        extensions: ['subjectAltName=DNS:*.example.org'],
        algorithm: ['RSA'],
      }),
    }),
    order: ['leaf', 'middle', 'root'],
    ordered: true,
  },
  {
    title: 'an intermediate that is no authority',
    cast: (workshop, { root }) => {
      const middle = workshop.make({
        subject: 'Middle',
        issuer: root,
        extensions: ['basicConstraints=CA:FALSE'],
      });
      return { middle, leaf: workshop.make({ subject: HOST, issuer: middle, extensions: SAN }) };
    },
    order: ['leaf', 'middle', 'root'],
    ordered: true,
  },
  {
    title: 'an intermediate that may not sign',
    cast: (workshop, { root }) => {
      const middle = workshop.make({
        subject: 'Middle',
        issuer: root,
        extensions: [CA[0] ?? '', 'keyUsage=critical,cRLSign'],
      });
      return { middle, leaf: workshop.make({ subject: HOST, issuer: middle, extensions: SAN }) };
    },
    order: ['leaf', 'middle', 'root'],
    ordered: true,
  },
  {
    title: 'a root that allows no intermediate',
    cast: (workshop) => {
      const root = workshop.make({
        subject: 'Root',
        issuer: null,
        extensions: ['basicConstraints=critical,CA:TRUE,pathlen:0'],
      });
      const middle = workshop.make({ subject: 'Middle', issuer: root, extensions: CA });
      return {
        root,
        middle,
        leaf: workshop.make({ subject: HOST, issuer: middle, extensions: SAN }),
      };
    },
    order: ['leaf', 'middle', 'root'],
    ordered: true,
  },
  {
    title: 'names constrained to elsewhere',
    cast: (workshop, { root }) => {
      const middle = workshop.make({
        subject: 'Middle',
        issuer: root,
        extensions: [...CA, 'nameConstraints=critical,permitted;DNS:example.net'],
      });
      return { middle, leaf: workshop.make({ subject: HOST, issuer: middle, extensions: SAN }) };
    },
    order: ['leaf', 'middle', 'root'],
    ordered: true,
  },
  {
    title: 'a leaf for mail signing',
    cast: (workshop, { middle }) => ({
      leaf: workshop.make({
        subject: HOST,
        issuer: middle,
        extensions: [...SAN, 'extendedKeyUsage=emailProtection'],
      }),
    }),
    order: ['leaf', 'middle', 'root'],
    ordered: true,
  },
  {
    title: 'a self-signed leaf that calls itself an authority',
    cast: (workshop) => ({
      leaf: workshop.make({
        subject: HOST,
        issuer: null,
        extensions: [...SAN, 'basicConstraints=CA:TRUE'],
      }),
    }),
    order: ['leaf'],
    ordered: true,
  },
  {
    title: 'an impostor of the intermediate',
    cast: (workshop) => ({
      middle: workshop.make({ subject: 'Middle', issuer: null, extensions: CA }),
    }),
    order: ['leaf', 'middle'],
    ordered: true,
  },
  ...moreShapes(),
];

/** A leaf under the usual intermediate that differs in one thing. */
function leafWith(
  title: string,
  wish: Partial<Parameters<Workshop['make']>[0]>,
  more: Partial<Shape> = {},
): Shape {
  return {
    title,
    cast: (workshop, { middle }) => ({
      leaf: workshop.make({ subject: HOST, issuer: middle, extensions: SAN, ...wish }),
    }),
    order: ['leaf', 'middle', 'root'],
    ordered: true,
    ...more,
  };
}

/** An intermediate under the usual root that differs in one thing. */
function middleWith(
  title: string,
  wish: Partial<Parameters<Workshop['make']>[0]>,
  more: Partial<Shape> = {},
): Shape {
  return {
    title,
    cast: (workshop, { root }) => {
      const middle = workshop.make({ subject: 'Middle', issuer: root, extensions: CA, ...wish });
      return { middle, leaf: workshop.make({ subject: HOST, issuer: middle, extensions: SAN }) };
    },
    order: ['leaf', 'middle', 'root'],
    ordered: true,
    ...more,
  };
}

/** A whole chain below a root that differs in one thing. */
function rootWith(
  title: string,
  wish: Partial<Parameters<Workshop['make']>[0]>,
  more: Partial<Shape> = {},
): Shape {
  return {
    title,
    cast: (workshop) => {
      const root = workshop.make({ subject: 'Root', issuer: null, extensions: CA, ...wish });
      const middle = workshop.make({ subject: 'Middle', issuer: root, extensions: CA });
      const leaf = workshop.make({ subject: HOST, issuer: middle, extensions: SAN });
      return { root, middle, leaf };
    },
    order: ['leaf', 'middle', 'root'],
    ordered: true,
    ...more,
  };
}

function moreShapes(): readonly Shape[] {
  return [
    {
      title: 'shuffled, with a stranger at the end',
      cast: same,
      order: ['leaf', 'root', 'middle', 'stranger'],
      ordered: false,
    },
    { title: 'the intermediate left out', cast: same, order: ['leaf', 'root'], ordered: false },
    rootWith('expired root', { days: SHORT }),
    rootWith('expired root left out', { days: SHORT }, { order: ['leaf', 'middle'] }),
    middleWith(
      'an expired intermediate, root left out',
      { days: SHORT },
      { order: ['leaf', 'middle'] },
    ),
    {
      title: 'an expired intermediate before its valid twin',
      cast: (workshop, { root, middle }) => ({
        twin: workshop.make({
          subject: 'Middle',
          issuer: root,
          extensions: CA,
          key: middle,
          days: SHORT,
        }),
      }),
      order: ['leaf', 'twin', 'middle', 'root'],
      ordered: false,
    },
    {
      title: 'an intermediate that two roots vouch for',
      cast: (workshop, { stranger, middle }) => ({
        twin: workshop.make({ subject: 'Middle', issuer: stranger, extensions: CA, key: middle }),
      }),
      order: ['leaf', 'twin', 'middle', 'root', 'stranger'],
      ordered: false,
    },
    {
      title: 'two roots vouch for the intermediate, the other way round',
      cast: (workshop, { stranger, middle }) => ({
        twin: workshop.make({ subject: 'Middle', issuer: stranger, extensions: CA, key: middle }),
      }),
      order: ['leaf', 'middle', 'twin', 'root', 'stranger'],
      ordered: false,
    },
    {
      title: 'an impostor before the intermediate',
      cast: (workshop) => ({
        twin: workshop.make({ subject: 'Middle', issuer: null, extensions: CA }),
      }),
      order: ['leaf', 'twin', 'middle', 'root'],
      ordered: false,
    },
    {
      title: 'an impostor before the intermediate, told apart by key identifiers',
      cast: (workshop, { root }) => {
        const extensions = [...CA, 'subjectKeyIdentifier=hash'];
        const middle = workshop.make({ subject: 'Middle', issuer: root, extensions });
        const withIds = [...SAN, 'authorityKeyIdentifier=keyid'];
        return {
          twin: workshop.make({ subject: 'Middle', issuer: null, extensions }),
          middle,
          leaf: workshop.make({ subject: HOST, issuer: middle, extensions: withIds }),
        };
      },
      order: ['leaf', 'twin', 'middle', 'root'],
      ordered: false,
    },
    {
      title: 'two expired twins of the intermediate',
      cast: (workshop, { root, middle }) => {
        const expired = { subject: 'Middle', issuer: root, extensions: CA };
        const made = workshop.make({ ...expired, days: SHORT - 1 });
        return {
          middle: made,
          twin: workshop.make({ ...expired, key: made, days: SHORT }),
          leaf: workshop.make({ subject: HOST, issuer: made, extensions: SAN }),
          stranger: middle,
        };
      },
      order: ['leaf', 'middle', 'twin', 'root'],
      ordered: false,
    },
    {
      title: 'a self-issued intermediate of the root’s new key',
      cast: (workshop) => {
        const extensions = [...CA, 'subjectKeyIdentifier=hash'];
        const root = workshop.make({ subject: 'Root', issuer: null, extensions });
        const ids = [...extensions, 'authorityKeyIdentifier=keyid:always'];
        const middle = workshop.make({ subject: 'Root', issuer: root, extensions: ids });
        const leafIds = [...SAN, 'authorityKeyIdentifier=keyid:always'];
        return {
          root,
          middle,
          leaf: workshop.make({ subject: HOST, issuer: middle, extensions: leafIds }),
        };
      },
      order: ['leaf', 'middle', 'root'],
      ordered: true,
    },
    {
      title: 'the same without key identifiers',
      cast: (workshop) => {
        const root = workshop.make({ subject: 'Root', issuer: null, extensions: CA });
        const middle = workshop.make({ subject: 'Root', issuer: root, extensions: CA });
        return {
          root,
          middle,
          leaf: workshop.make({ subject: HOST, issuer: middle, extensions: SAN }),
        };
      },
      order: ['leaf', 'middle', 'root'],
      ordered: true,
    },
    {
      title: 'a root that an expired older one vouches for',
      cast: (workshop, { root }) => {
        const older = workshop.make({
          subject: 'Older',
          issuer: null,
          extensions: CA,
          days: SHORT,
        });
        return {
          stranger: older,
          twin: workshop.make({
            subject: 'Root',
            issuer: older,
            extensions: CA,
            key: root,
            days: SHORT,
          }),
        };
      },
      order: ['leaf', 'middle', 'twin', 'stranger'],
      ordered: false,
    },
    leafWith('nothing valid yet', {}, { at: NOT_YET }),
    leafWith('names in capitals', { extensions: ['subjectAltName=DNS:MX.Example.ORG'] }),
    leafWith('a wildcard one label too high', { extensions: ['subjectAltName=DNS:*.org'] }),
    leafWith(
      'a wildcard below a top-level domain',
      { extensions: ['subjectAltName=DNS:*.org'] },
      { host: 'example.org' },
    ),
    leafWith('a wildcard within a label', { extensions: ['subjectAltName=DNS:m*.example.org'] }),
    leafWith('a wildcard that is not left-most', { extensions: ['subjectAltName=DNS:mx.*.org'] }),
    leafWith(
      'a wildcard for the name above',
      { extensions: ['subjectAltName=DNS:*.example.org'] },
      { host: 'example.org' },
    ),
    leafWith(
      'a label with an underscore under a wildcard',
      { extensions: ['subjectAltName=DNS:*.example.org'] },
      { host: 'mx_1.example.org' },
    ),
    leafWith(
      'a wildcard before a label with an underscore',
      { extensions: ['subjectAltName=DNS:*.mx_1.example.org'] },
      { host: 'mail.mx_1.example.org' },
    ),
    leafWith(
      'an A-label under a wildcard',
      { extensions: ['subjectAltName=DNS:*.xn--bcher-kva.example'] },
      { host: 'mx.xn--bcher-kva.example' },
    ),
    leafWith(
      'a name in UTF-8 that means the same',
      { extensions: ['subjectAltName=DNS:bücher.example'] },
      { host: 'xn--bcher-kva.example' },
    ),
    leafWith('the common name beside an e-mail address', {
      extensions: ['subjectAltName=email:postmaster@example.org'],
    }),
    leafWith('the common name beside another DNS name', {
      extensions: ['subjectAltName=DNS:other.example,email:postmaster@example.org'],
    }),
    leafWith('a leaf with an unknown critical extension', {
      extensions: [...SAN, UNKNOWN_CRITICAL],
    }),
    middleWith('an intermediate with an unknown critical extension', {
      extensions: [...CA, UNKNOWN_CRITICAL],
    }),
    rootWith('a root with an unknown critical extension', {
      extensions: [...CA, UNKNOWN_CRITICAL],
    }),
    middleWith('an intermediate for e-mail', {
      extensions: [...CA, 'extendedKeyUsage=emailProtection'],
    }),
    rootWith('a root for e-mail', { extensions: [...CA, 'extendedKeyUsage=emailProtection'] }),
    middleWith('an intermediate for any use', {
      extensions: [...CA, 'extendedKeyUsage=anyExtendedKeyUsage'],
    }),
    middleWith('names constrained to ours', {
      extensions: [...CA, 'nameConstraints=critical,permitted;DNS:example.org'],
    }),
    middleWith('our names excluded', {
      extensions: [...CA, 'nameConstraints=critical,excluded;DNS:.example.org'],
    }),
    middleWith('an intermediate that allows no other', {
      extensions: ['basicConstraints=critical,CA:TRUE,pathlen:0'],
    }),
    rootWith('a root of version 1', { extensions: [] }),
    rootWith('a root that does not say it is one', { extensions: ['keyUsage=keyCertSign'] }),
    {
      title: 'a self-signed leaf',
      cast: (workshop) => ({
        leaf: workshop.make({ subject: HOST, issuer: null, extensions: SAN }),
      }),
      order: ['leaf'],
      ordered: true,
    },
    {
      title: 'a self-signed leaf and a second certificate of its key',
      cast: (workshop) => {
        const leaf = workshop.make({
          subject: HOST,
          issuer: null,
          extensions: [...SAN, 'basicConstraints=CA:TRUE'],
        });
        const again = { subject: HOST, issuer: null, extensions: CA, key: leaf, days: 60 };
        return { leaf, twin: workshop.make(again) };
      },
      order: ['leaf', 'twin'],
      ordered: false,
    },
    leafWith('an Ed25519 leaf', { algorithm: ['ED25519'] }),
    {
      title: 'RSA throughout, signed with PSS',
      cast: (workshop) => {
        const algorithm = ['RSA'];
        const signature = ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:32'];
        const shared = { algorithm, signature };
        const root = workshop.make({ subject: 'Root', issuer: null, extensions: CA, ...shared });
        const middle = workshop.make({
          subject: 'Middle',
          issuer: root,
          extensions: CA,
          ...shared,
        });
        const leaf = workshop.make({ subject: HOST, issuer: middle, extensions: SAN, ...shared });
        return { root, middle, leaf };
      },
      order: ['leaf', 'middle', 'root'],
      ordered: true,
    },
  ];
}
