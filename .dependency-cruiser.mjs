// Refuses every import that the house does not allow: docs/architecture.md in rules, one row a room.
import { readJsxAndTypeImports } from './scripts/cruiser-parser.mjs';

readJsxAndTypeImports();

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
  'shared/ipc',
];
const SCREENS = 'inspect chain details findings outlook generate rollover lab report settings'
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
const ROOMS = {
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
    rooms: ['dns', 'x509', 'inspection', 'findings', 'rollover', 'mail-software', 'lab'].map(
      (room) => `shared/${room}`,
    ),
    packages: ['fflate'],
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
  'electron/compose.ts': {
    node: true,
    rooms: [
      ...'net wire crypto resolver smtp policy inspection evidence lab'
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
    packages: ['commander', 'p-limit', 'zod'],
  },
  'electron/shell': {
    node: true,
    rooms: ['electron/compose.ts', ...SHARED, 'assets'],
    packages: ['electron', 'p-limit', 'write-file-atomic', 'zod'],
  },
  'electron/preload': { rooms: ['shared/ipc'], packages: ['electron'] },

  'renderer/bridge': { rooms: ['shared/ipc'] },
  'renderer/store': { rooms: ['renderer/bridge', ...SHARED], packages: ['zustand', 'react'] },
  'renderer/ui': { rooms: ['assets'], typesOnly: SHARED, packages: UI_PACKAGES },
  ...Object.fromEntries(
    SCREENS.map((screen) => [
      screen,
      { rooms: ['renderer/store', 'renderer/ui', ...SHARED], packages: UI_PACKAGES },
    ]),
  ),
};

/** @param {string} room @returns {string} a regular expression for the room's files */
const inside = (room) =>
  /\.(ts|json)$/.test(room) ? `^${room.replaceAll('.', '\\.')}$` : `^${room}/`;

/** @param {string} name @returns {string} */
const packageFolder = (name) => `node_modules/(@types/)?${name.replace('.', '\\.')}/`;

const roomRules = Object.entries(ROOMS).flatMap(([room, allowed]) => {
  const rooms = [...(allowed.rooms ?? []), ...(allowed.typesOnly ?? [])];
  const targets = [
    inside(room),
    inside('shared/failure.ts'),
    ...rooms.map(inside),
    ...(allowed.packages ?? []).map(packageFolder),
  ];
  const rules = [
    {
      name: `${room} imports only what its row allows`,
      severity: 'error',
      from: { path: inside(room) },
      to: { pathNot: targets, dependencyTypesNot: ['core'] },
    },
  ];
  if (allowed.node !== true) rules.push(noNode(room));
  for (const typed of allowed.typesOnly ?? []) rules.push(typesOnly(room, typed));
  return rules;
});

/** @param {string} room */
function noNode(room) {
  return {
    name: `${room} does not touch Node`,
    severity: 'error',
    from: { path: inside(room) },
    to: { dependencyTypes: ['core'], pathNot: '^electron$' },
  };
}

/** @param {string} room @param {string} typed */
function typesOnly(room, typed) {
  return {
    name: `${room} imports types of ${typed}, not its code`,
    severity: 'error',
    from: { path: inside(room) },
    to: { path: inside(typed), dependencyTypesNot: ['type-import'] },
  };
}

/**
 * @param {string} what
 * @param {string} path a regular expression for what is imported
 * @param {readonly string[]} importers
 */
function soleImporter(what, path, importers) {
  return {
    name: `only ${importers.join(' and ')} may import ${what}`,
    severity: 'error',
    from: { path: '^(shared|electron|renderer)/', pathNot: importers.map(inside) },
    to: { path },
  };
}

const houseRules = [
  {
    name: 'no cycles',
    comment:
      'Neither file can be understood, or moved, without the other. Types may refer to each other within a room.',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-import'] } },
  },
  {
    name: 'every room has a row',
    comment:
      'A new folder is a decision: give it a row in ROOMS and a line in docs/architecture.md.',
    severity: 'error',
    from: {
      path: '^(shared|electron|renderer)/',
      pathNot: [...Object.keys(ROOMS).map(inside), '^renderer/(main|app)\\.tsx$', '\\.d\\.ts$'],
    },
    to: {},
  },
  {
    name: 'shared imports nothing outside itself',
    severity: 'error',
    from: { path: '^shared/' },
    to: { path: '^(electron|renderer|test|scripts|assets)/' },
  },
  {
    name: 'renderer and electron never meet',
    comment: 'Types included: they talk through shared/ipc.',
    severity: 'error',
    from: { path: '^renderer/' },
    to: { path: '^electron/' },
  },
  {
    name: 'electron and renderer never meet',
    severity: 'error',
    from: { path: '^electron/' },
    to: { path: '^renderer/' },
  },
  {
    name: 'the window does not touch Node',
    severity: 'error',
    from: { path: '^renderer/' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'cli and shell never meet',
    severity: 'error',
    from: { path: '^electron/cli/' },
    to: { path: '^electron/shell/' },
  },
  {
    name: 'shell and cli never meet',
    severity: 'error',
    from: { path: '^electron/shell/' },
    to: { path: '^electron/cli/' },
  },
  {
    name: 'nothing imports tests',
    severity: 'error',
    from: { pathNot: '^test/' },
    to: { path: '^test/' },
  },
  {
    name: 'only tests and scripts import scripts',
    severity: 'error',
    from: { pathNot: '^(test|scripts)/|^[^/]+$' },
    to: { path: '^scripts/' },
  },
  {
    name: 'no import is left hanging',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
  soleImporter('electron', '(^|/)electron$|node_modules/electron/', [
    'electron/shell',
    'electron/preload',
  ]),
  soleImporter('sockets (dgram, net, tls, http, dns)', '^(dgram|net|tls|https?|http2|dns)(/|$)', [
    'electron/net',
  ]),
  soleImporter('dns-packet', packageFolder('dns-packet'), ['electron/wire']),
  soleImporter('@peculiar/x509', packageFolder('@peculiar/x509'), ['shared/x509']),
  soleImporter('node-forge', packageFolder('node-forge'), ['shared/material']),
];

export default {
  forbidden: [...houseRules, ...roomRules],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|release|coverage)/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
    builtInModules: { add: ['electron'] },
  },
};
