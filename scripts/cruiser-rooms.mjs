// The rooms of the house, one row each: what it stands on. docs/architecture.md tells it in words.

/**
 * What a room may import besides itself and `shared/failure.ts`.
 * `typesOnly` names rooms of which it may import types, never code.
 * @typedef {{ readonly rooms?: readonly string[], readonly typesOnly?: readonly string[], readonly packages?: readonly string[], readonly node?: boolean }} Room
 */

const SHARED = [
  'shared/dns',
  'shared/dnssec',
  'shared/x509',
  'shared/dane',
  'shared/smtp',
  'shared/findings',
  'shared/policy',
  'shared/inspection',
  'shared/material',
  'shared/publish',
  'shared/rollover',
  'shared/hooks',
  'shared/mail-software',
  'shared/lab',
  'shared/outlook',
  'shared/export',
  'shared/elsewhere',
  'shared/history',
  'shared/batch',
  'shared/watch',
  'shared/ipc',
];
const SCREENS =
  'inspect chain details findings outlook generate rollover lab report settings batch watch history'
    .split(' ')
    .map((screen) => `renderer/${screen}`);
const UI_PACKAGES = [
  'react',
  'react-dom',
  '@mantine/core',
  '@mantine/hooks',
  '@xyflow/react',
  '@tanstack/react-virtual',
];

/** @type {Readonly<Record<string, Room>>} */
export const ROOMS = {
  'shared/failure.ts': {},
  'shared/dns': {},
  'shared/smtp': {},
  'shared/findings': {},
  'shared/policy': {},
  'shared/x509': { packages: ['@peculiar/x509', '@peculiar/asn1-x509', '@peculiar/asn1-schema'] },
  'shared/dnssec': { rooms: ['shared/dns'] },
  'shared/dane': { rooms: ['shared/dns', 'shared/dnssec', 'shared/x509'] },
  'shared/material': {
    rooms: ['shared/dns', 'shared/x509'],
    packages: ['@noble/curves', '@noble/hashes', 'node-forge'],
  },
  'shared/publish': {
    rooms: ['dns', 'dane', 'x509', 'findings', 'material', 'inspection', 'rollover'].map(
      (room) => `shared/${room}`,
    ),
    packages: ['@noble/hashes'],
  },
  'shared/inspection': {
    rooms: ['dns', 'dnssec', 'x509', 'dane', 'smtp', 'findings'].map((room) => `shared/${room}`),
  },
  'shared/rollover': {
    rooms: ['dns', 'dane', 'x509', 'findings', 'inspection'].map((room) => `shared/${room}`),
  },
  'shared/hooks': { rooms: ['shared/dns', 'shared/dane', 'shared/findings'] },
  'shared/mail-software': { rooms: ['shared/findings', 'shared/inspection'] },
  'shared/outlook': {
    rooms: ['dns', 'dnssec', 'findings', 'inspection'].map((room) => `shared/${room}`),
  },
  'shared/lab': { rooms: ['dns', 'dane', 'smtp', 'findings'].map((room) => `shared/${room}`) },
  'shared/export': {
    rooms: 'dns dnssec x509 inspection findings rollover mail-software outlook lab'
      .split(' ')
      .map((room) => `shared/${room}`),
    packages: ['fflate'],
  },
  // The commands and tickets that show the same in other people's tools and words.
  'shared/elsewhere': {
    rooms: ['dns', 'x509', 'dane', 'findings', 'inspection'].map((room) => `shared/${room}`),
  },
  'shared/history': { rooms: ['dns', 'findings', 'inspection'].map((room) => `shared/${room}`) },
  'shared/batch': {
    rooms: ['findings', 'inspection', 'history', 'export'].map((room) => `shared/${room}`),
  },
  'shared/watch': {
    rooms: ['findings', 'inspection', 'history', 'outlook'].map((room) => `shared/${room}`),
  },
  'shared/ipc': {
    rooms: SHARED.filter((room) => room !== 'shared/export'),
    packages: ['zod'],
  },

  'electron/net': { node: true, packages: ['ipaddr.js', 'socks', '@noble/ciphers'] },
  'electron/wire': {
    node: true,
    rooms: ['shared/dns'],
    typesOnly: ['electron/net'],
    packages: ['dns-packet'],
  },
  'electron/crypto': {
    node: true,
    rooms: ['shared/dnssec'],
    typesOnly: ['shared/dane', 'shared/x509'],
    packages: ['@noble/curves'],
  },
  'electron/resolver': {
    node: true,
    rooms: ['electron/net', 'electron/wire', 'shared/dns', 'shared/dnssec'],
    packages: ['p-limit', 'ipaddr.js'],
  },
  'electron/smtp': {
    node: true,
    rooms: ['electron/net', 'shared/smtp', 'shared/x509', 'shared/dane'],
    typesOnly: ['shared/inspection'],
  },
  'electron/policy': { node: true, rooms: ['shared/policy'], typesOnly: ['electron/net'] },
  'electron/inspection': {
    node: true,
    rooms: SHARED,
    typesOnly: ['electron/resolver', 'electron/smtp', 'electron/policy'],
    packages: ['p-limit'],
  },
  'electron/evidence': {
    node: true,
    rooms: ['electron/net', 'shared/dns', 'shared/inspection'],
    typesOnly: ['electron/inspection', 'electron/smtp'],
  },
  'electron/lab': {
    node: true,
    rooms: ['electron/net', 'electron/wire', 'electron/crypto', ...SHARED],
    packages: ['@peculiar/asn1-x509', '@peculiar/asn1-schema'],
  },
  'electron/outbound': {
    node: true,
    rooms:
      'electron/net electron/wire electron/lab shared/dns shared/lab shared/export assets'.split(
        ' ',
      ),
    packages: ['smtp-server', 'zod'],
  },
  'electron/compose.ts': {
    node: true,
    rooms: [
      ...'net wire crypto resolver smtp policy inspection evidence lab outbound'
        .split(' ')
        .map((room) => `electron/${room}`),
      ...SHARED,
      'assets',
    ],
    packages: [],
  },
  'electron/cli': {
    node: true,
    rooms: ['electron/compose.ts', ...SHARED, 'package.json'],
    packages: ['commander', 'p-limit', 'write-file-atomic', 'zod'],
  },
  'electron/shell': {
    node: true,
    rooms: ['electron/compose.ts', ...SHARED, 'assets'],
    packages: ['electron', 'p-limit', 'write-file-atomic', 'zod'],
  },
  'electron/preload': { rooms: ['shared/ipc'], packages: ['electron'] },

  'renderer/bridge': { rooms: ['shared/ipc'] },
  // Every word of the window, by language.
  'renderer/words': { typesOnly: SHARED },
  'renderer/store': {
    rooms: ['renderer/bridge', 'renderer/words', ...SHARED],
    packages: ['zustand', 'react'],
  },
  'renderer/ui': { rooms: ['assets', 'renderer/words'], typesOnly: SHARED, packages: UI_PACKAGES },
  ...Object.fromEntries(
    SCREENS.map((screen) => [
      screen,
      {
        rooms: ['renderer/store', 'renderer/ui', 'renderer/words', ...SHARED],
        packages: UI_PACKAGES,
      },
    ]),
  ),
};
