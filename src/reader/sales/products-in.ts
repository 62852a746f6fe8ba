/** Several products with their quantities in one cell. */

/** `2× Cap, 1× Scarf, red` as WooCommerce writes the products of an order in one cell. */
export function productsIn(text: string): { units: number; name: string }[] {
  return text.split(/,\s+(?=\d+\s*[×x]\s)/u).flatMap((part) => {
    const match = /^(\d+)\s*[×x]\s+(.+)$/u.exec(part);
    return match === null ? [] : [{ units: Number(match[1]), name: match[2] ?? "" }];
  });
}
