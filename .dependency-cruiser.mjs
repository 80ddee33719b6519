// Refuses every import that the house does not allow: docs/architecture.md in rules.
import { readJsxAndTypeImports } from './scripts/cruiser-parser.mjs';
import { ROOMS } from './scripts/cruiser-rooms.mjs';

readJsxAndTypeImports();

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
