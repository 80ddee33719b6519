/** Finds text that a window of this size does not show whole, and gives no way to. */

/** Runs in the page. What scrolls can be brought into view; what ends in an ellipsis says that there is more. */
export function cutOff(): readonly string[] {
  const tolerance = 1;
  const found = new Set<string>();
  if (document.documentElement.scrollWidth > window.innerWidth + tolerance) {
    found.add('the page itself is wider than the window');
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode() !== null) {
    const text = walker.currentNode;
    const parent = text.parentElement;
    if (parent === null || (text.textContent ?? '').trim() === '') continue;
    // The picture is panned and zoomed by people; its own tests look at it.
    if (parent.closest('.react-flow, .unseen, option, [aria-hidden=true]') !== null) continue;
    if (!isShown(parent)) continue;
    range.selectNodeContents(text);
    const box = range.getBoundingClientRect();
    const edges = edgesFor(parent);
    if (
      edges !== null &&
      (box.right > edges.right + tolerance || box.left < edges.left - tolerance)
    ) {
      found.add(`${parent.className.toString()}: ${(text.textContent ?? '').trim().slice(0, 60)}`);
    }
  }
  return [...found];

  function isShown(element: Element): boolean {
    const { visibility, clipPath, clip } = getComputedStyle(element);
    const hidden = visibility !== 'visible' || clipPath !== 'none' || clip !== 'auto';
    return !hidden && element.getClientRects().length > 0;
  }

  /** Null where it scrolls, or says that it goes on. */
  function edgesFor(element: Element): { readonly left: number; readonly right: number } | null {
    for (let each: Element | null = element; each !== null; each = each.parentElement) {
      const { overflowX, textOverflow } = getComputedStyle(each);
      if (overflowX === 'auto' || overflowX === 'scroll') {
        if (each.scrollWidth > each.clientWidth + tolerance) return null;
      }
      if (overflowX !== 'visible') {
        return textOverflow === 'ellipsis' ? null : each.getBoundingClientRect();
      }
    }
    return { left: 0, right: window.innerWidth };
  }
}
