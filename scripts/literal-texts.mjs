// Finds texts for people that stand in a source of the window instead of in renderer/words.
import swc from '@swc/core';

/** @typedef {Readonly<Record<string, unknown>> & { readonly type: string }} Node */
/** @typedef {{ readonly text: string, readonly where: string }} Literal */

/** Attributes that are read by people, whoever the element is. */
const TEXT_ATTRIBUTES = new Set([
  ...['title', 'label', 'alt', 'placeholder', 'description', 'summary', 'caption', 'heading'],
  ...['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext'],
  ...['what', 'word', 'words', 'sentence', 'note', 'message', 'hint', 'text'],
]);
/** Properties that end in one of them; `what` tells kinds apart. */
const TEXT_PROPERTIES = new Set(
  [...TEXT_ATTRIBUTES, 'problem', 'reason', 'remark'].filter((name) => name !== 'what'),
);
/** Attributes that hold words which nobody reads. */
const MACHINE_ATTRIBUTES = new Set(['className', 'd', 'style', 'points', 'transform']);

const LETTER = /\p{L}/u;
/** A word and one in small letters: in any string of a program, that is a sentence or part of one. */
const PROSE = /\p{L}{2,}[’'),.:;…]* \p{Ll}{2,}/u;

/**
 * Every literal text for people, in the order of the source.
 * @param {string} source
 * @param {{ readonly tsx: boolean }} options
 * @returns {readonly Literal[]}
 */
export function literalTexts(source, { tsx }) {
  const module = swc.parseSync(source, { syntax: 'typescript', tsx, target: 'es2022' });
  /** @type {Map<unknown, Literal>} */
  const found = new Map();
  /** @param {Node} node @param {string} where @returns {void} */
  const take = (node, where) => {
    for (const [literal, text] of resultTexts(node)) {
      if (LETTER.test(text) && !found.has(literal))
        found.set(literal, { text: text.trim(), where });
    }
  };
  /** @param {Node} node @returns {boolean} */
  const enter = (node) => {
    switch (node.type) {
      case 'JSXText':
        if (LETTER.test(String(node['value']))) {
          found.set(node, { text: String(node['value']).trim(), where: 'text between tags' });
        }
        return true;
      case 'JSXElement':
      case 'JSXFragment':
        for (const child of nodesIn(node['children'])) {
          if (child.type === 'JSXExpressionContainer') take(child, 'text between tags');
        }
        return true;
      case 'JSXAttribute': {
        const name = nameOf(node['name']);
        if (TEXT_ATTRIBUTES.has(name)) take(node, `attribute ${name}`);
        return !MACHINE_ATTRIBUTES.has(name);
      }
      case 'KeyValueProperty': {
        const name = nameOf(node['key']);
        if (TEXT_PROPERTIES.has(name)) take(node, `property ${name}`);
        return name !== 'className';
      }
      case 'BinaryExpression':
        // What something is compared with is a code.
        return !/^[!=]==?$/.test(textOf(node['operator']));
      case 'SwitchCase':
        visit(node['consequent'], enter);
        return false;
      case 'NewExpression':
        // Errors are bugs: they tell programmers.
        return !nameOf(node['callee']).endsWith('Error');
      case 'StringLiteral':
      case 'TemplateElement': {
        const text = textOf(node['value'] ?? node['cooked']);
        if (PROSE.test(text) && !found.has(node)) {
          found.set(node, { text: text.trim(), where: 'a sentence' });
        }
        return false;
      }
      default:
        // Types are read by the compiler alone, imports by nobody.
        return !/^(Import|Export(Named|All)|Ts(Type|Interface|Union|Literal|Import))/.test(
          node.type,
        );
    }
  };
  visit(module, enter);
  return [...found.values()];
}

/**
 * The literals that an expression can come to.
 * @param {Node} node
 * @returns {readonly (readonly [Node, string])[]}
 */
function resultTexts(node) {
  switch (node.type) {
    case 'StringLiteral':
      return [[node, String(node['value'])]];
    case 'TemplateLiteral':
      return [
        ...nodesIn(node['quasis']).map(
          (quasi) => /** @type {const} */ ([quasi, String(quasi['cooked'])]),
        ),
        ...nodesIn(node['expressions']).flatMap(resultTexts),
      ];
    case 'ConditionalExpression':
      return partsOf(node, 'consequent', 'alternate');
    case 'BinaryExpression':
      return ['&&', '||', '??', '+'].includes(String(node['operator']))
        ? partsOf(node, ...(node['operator'] === '&&' ? ['right'] : ['left', 'right']))
        : [];
    case 'ParenthesisExpression':
    case 'JSXExpressionContainer':
    case 'TsAsExpression':
    case 'TsConstAssertion':
    case 'TsSatisfiesExpression':
      return partsOf(node, 'expression');
    case 'JSXAttribute':
    case 'KeyValueProperty':
      return partsOf(node, 'value');
    default:
      return [];
  }
}

/** @param {Node} node @param {readonly string[]} names @returns {readonly (readonly [Node, string])[]} */
function partsOf(node, ...names) {
  return names.flatMap((name) => nodesIn([node[name]]).flatMap(resultTexts));
}

/**
 * Every node; those below one are left out where `enter` says so.
 * @param {unknown} value
 * @param {(node: Node) => boolean} enter
 * @returns {void}
 */
function visit(value, enter) {
  if (Array.isArray(value)) for (const each of value) visit(each, enter);
  else if (isObject(value)) {
    if (isNode(value) && !enter(value)) return;
    for (const each of Object.values(value)) visit(each, enter);
  }
}

/** @param {unknown} value @returns {readonly Node[]} */
function nodesIn(value) {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** @param {unknown} value @returns {value is Readonly<Record<string, unknown>>} */
function isObject(value) {
  return typeof value === 'object' && value !== null;
}

/** @param {unknown} value @returns {value is Node} */
function isNode(value) {
  return isObject(value) && typeof value['type'] === 'string';
}

/** Of an attribute or a property, also `aria:label` and `'aria-label'`. @param {unknown} key @returns {string} */
function nameOf(key) {
  return isObject(key) ? textOf(key['value']) : '';
}

/** @param {unknown} value @returns {string} */
function textOf(value) {
  return typeof value === 'string' ? value : '';
}
