import type { PropsWithChildren } from "hono/jsx";

/** The head of a column of numbers. */
export function NumberHead({ children }: PropsWithChildren) {
  return (
    <th scope="col" class="n">
      {children}
    </th>
  );
}
