/** Addresses of the pages about one item, question, decision or store. */
interface Item {
  readonly storeId: string;
  readonly productId: string;
}

export function itemHref({ storeId, productId }: Item): string {
  return `/items/${encodeURIComponent(storeId)}/${encodeURIComponent(productId)}`;
}

export function questionHref(workflowId: string): string {
  return `/inbox/reviews/${encodeURIComponent(workflowId)}`;
}

export function decisionHref(workflowId: string): string {
  return `/decisions/${encodeURIComponent(workflowId)}`;
}

export function storeHref(storeId: string): string {
  return `/stores/${encodeURIComponent(storeId)}`;
}
