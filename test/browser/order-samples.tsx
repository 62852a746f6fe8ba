/** @jsxImportSource hono/jsx */
/** The pages of purchase orders, of signing in by a link, of files and of the API's documentation, as plain values. */
import { openApiOf } from "../../src/http/kit/openapi-document.ts";
import { docsPage } from "../../src/http/pages/docs/docs-page.ts";
import { ROUTES } from "../../src/http/routes/index.ts";
import { orderDocument } from "../../src/purchasing/order/order-document.ts";
import { closingText } from "../../src/purchasing/order/order-words.ts";
import { isOpen } from "../../src/purchasing/order/totals.ts";
import type { PurchaseOrder } from "../../src/purchasing/order/types.ts";
import { ImportPage } from "../../src/ui/import-page.tsx";
import { OrderPage } from "../../src/ui/order/order-page.tsx";
import type { OrderPageProps } from "../../src/ui/order/order-view.ts";
import { placedWords, Undo, type PlacedRow, type RowToPlace } from "../../src/ui/order/to-place.tsx";
import { ResultPage } from "../../src/ui/inbox/bulk-page.tsx";
import { OrdersPage } from "../../src/ui/order/orders-page.tsx";
import { renderPage } from "../../src/ui/page-layout.tsx";
import { LinkPage } from "../../src/ui/sign-in-page.tsx";
import { ANA, aPolicy, PurchasingWorld } from "../purchasing/world.ts";

const session = { name: "root", csrf: "csrf-token" };
const NOBODY = { store: null, supplier: null };
const ROUTES_SHOWN = 12;
const DOCUMENT = await openApiOf(ROUTES.slice(0, ROUTES_SHOWN));

function anOrder(isSent: boolean): PurchaseOrder {
  const world = new PurchasingWorld(aPolicy({ minimumValue: 400 }));
  world.decide("Sourdough crackers with rosemary and sea salt, gift box", 24);
  world.decide("MILK", 18.5, true);
  world.decide("Salt for roads", 654_300);
  world.settle();
  const { id, revision } = world.present()!;
  if (isSent) {
    world.does(id, { type: "send", revision, by: ANA });
    world.settle();
  }
  return world.orders.get(id)!;
}

function orderPage(order: PurchaseOrder, change: Partial<OrderPageProps> = {}): string {
  return renderPage(
    <OrderPage
      order={order}
      document={orderDocument(order, NOBODY)}
      topUp={[{ productId: "BEER", name: "Beer lager 0.5 l", quantity: 48, value: 96, extraCost: 0.29 }]}
      form={{
        action: `/orders/${order.id}`,
        csrf: "csrf-token",
        mayLower: true,
        mayDecide: true,
        mails: true,
        mayReceive: true,
      }}
      typed={new Map()}
      errors={new Map()}
      notice={null}
      looked={null}
      whyNot={null}
      waitsFor={null}
      closing={isOpen(order) ? closingText(order, aPolicy()) : null}
      files
      session={session}
      {...change}
    />,
  );
}

/** A restock of an item without a supplier. */
export const BROOM: RowToPlace = {
  workflowId: "wf-8",
  storeId: "main",
  productId: "BROOM",
  shownAs: { name: "Broom, wooden" },
  quantity: "22",
  decided: "Mon 16 Jan, 07:00",
  expected: "Thu 19 Jan",
};
const PLACED: PlacedRow = { ...BROOM, at: 1, by: "Ana", when: "Mon 16 Jan, 09:12", reference: "4711" };

export const ORDER_SAMPLES: Readonly<Record<string, () => string>> = {
  orders: () => {
    const [open, sent] = [anOrder(false), anOrder(true)];
    const row = (order: PurchaseOrder) => ({ order, document: orderDocument(order, NOBODY), waitsFor: null });
    return renderPage(
      <OrdersPage
        open={[row(open)]}
        own={{ rows: [BROOM, { ...BROOM, workflowId: "wf-9" }], placed: [PLACED] }}
        older="/orders?after=1#own"
        mayOrder
        placed={[row(sent)]}
        ended={[]}
        now={open.createdAt}
        session={session}
      />,
    );
  },
  "orders-marked-as-placed": () =>
    renderPage(
      <ResultPage
        title="1 of 2 marked as placed"
        results={[
          { name: "Broom, wooden", href: "/items/main/BROOM", ok: true, text: placedWords(PLACED) },
          { name: "Bucket", href: "/items/main/BUCKET", ok: false, text: "was marked by Ben, Mon 16 Jan, 09:10: 22" },
        ]}
        back={{ href: "/orders", title: "Back to the orders" }}
        session={session}
      >
        <Undo rows={[PLACED]} csrf="csrf-token" back="/orders" />
      </ResultPage>,
    ),
  order: () => orderPage(anOrder(false)),
  "order-wrong-quantity": () =>
    orderPage(anOrder(false), {
      typed: new Map([["MILK", "many"]]),
      errors: new Map([["MILK", "Type a number of units, such as 24."]]),
      notice: { tone: "red", title: "Nothing was changed", text: "Some quantities are no numbers." },
    }),
  "order-sent": () => orderPage(anOrder(true)),
  "order-link-look-only": () =>
    orderPage(anOrder(false), {
      form: null,
      topUp: [],
      files: false,
      session: null,
      whyNot: "This link has ended. Sign in to act.",
    }),
  "sign-in-link": () => renderPage(<LinkPage name="Ana Silva" action="/sign-in/token" />),
  import: () => renderPage(<ImportPage session={session} />),
  docs: () => docsPage(DOCUMENT),
};
