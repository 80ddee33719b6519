// What an HTML parser of others makes of a page: its elements, its texts, and anything that would act.
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { parse, type DefaultTreeAdapterTypes } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;

export interface ParsedPage {
  /** Elements with the names of their attributes, in order; `style` with its text. */
  readonly skeleton: readonly string[];
  readonly elements: ReadonlySet<string>;
  readonly attributes: ReadonlySet<string>;
  /** Values of `href` and `src`. */
  readonly addresses: readonly string[];
  readonly comments: number;
  /** All texts, one after the other. */
  readonly text: string;
  readonly styles: readonly string[];
}

export function parsePage(page: string): ParsedPage {
  const skeleton: string[] = [];
  const elements = new Set<string>();
  const attributes = new Set<string>();
  const addresses: string[] = [];
  const styles: string[] = [];
  let comments = 0;
  let text = '';
  const visit = (node: Node): void => {
    if (node.nodeName === '#comment') comments += 1;
    if ('value' in node && node.nodeName === '#text') text += node.value;
    if ('tagName' in node) {
      elements.add(node.tagName);
      for (const { name, value } of node.attrs) {
        attributes.add(name);
        if (name === 'href' || name === 'src') addresses.push(value);
      }
      skeleton.push(`${node.tagName} ${node.attrs.map(({ name }) => name).join(' ')}`);
      if (node.tagName === 'style') {
        const [content] = node.childNodes;
        styles.push(content !== undefined && 'value' in content ? content.value : '');
        return;
      }
    }
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parse(page));
  return { skeleton, elements, attributes, addresses, comments, text, styles };
}

/** As GitHub renders it, with raw HTML and dangerous addresses too. */
export function parseMarkdown(markdown: string): ReturnType<typeof parsePage> {
  return parsePage(
    micromark(markdown, {
      allowDangerousHtml: true,
      allowDangerousProtocol: true,
      extensions: [gfm()],
      htmlExtensions: [gfmHtml()],
    }),
  );
}

/** How the page is built, whatever stands in it as code. */
export function withoutCode({ skeleton }: { readonly skeleton: readonly string[] }) {
  return skeleton.filter((element) => element !== 'code ');
}

export type Element = DefaultTreeAdapterTypes.Element;

export function elementsOf(page: string): readonly Element[] {
  const found: Element[] = [];
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if ('tagName' in node) found.push(node);
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parse(page));
  return found;
}
