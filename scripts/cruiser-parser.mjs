// Mends how dependency-cruiser reads our sources.
import swc from '@swc/core';

/**
 * dependency-cruiser's swc reader switches JSX off and takes `import type` for `import`, without an
 * option for either. So `.tsx` files are read as such, and a type import is shown to it in the one
 * form that it reports as `type-import`: an annotation `import('…')`.
 */
export function readJsxAndTypeImports() {
  const parseFileSync = swc.parseFileSync.bind(swc);
  Object.assign(swc, {
    /** @param {string} file @param {object} options */
    parseFileSync(file, options) {
      const module = parseFileSync(file, {
        ...options,
        syntax: 'typescript',
        tsx: file.endsWith('x'),
      });
      return { ...module, body: module.body.flatMap(asAnnotation) };
    },
  });
}

/** @param {swc.ModuleItem} item @returns {swc.ModuleItem[]} */
function asAnnotation(item) {
  const isTypeOnly =
    (item.type === 'ImportDeclaration' || item.type === 'ExportNamedDeclaration') && item.typeOnly;
  if (!isTypeOnly || !item.source) return [item];
  return swc.parseSync(`let type: import(${JSON.stringify(item.source.value)});`, {
    syntax: 'typescript',
  }).body;
}
