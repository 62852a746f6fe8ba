/** Suppliers, and the purchase orders that they are sent. */
import type * as z from "zod";
import type * as suppliers from "../api/world/supplier-shape.ts";
import type { RestocksQuery } from "../api/purchasing/purchase-requests.ts";
import type { ListQuery } from "../api/world/lists.ts";
import { ProductCalls } from "./product-calls.ts";
import type {
  OrderCalendar,
  Page,
  PurchaseConfirmation,
  PurchaseLines,
  PurchaseOrder,
  PurchaseOrders,
  PurchaseOrdersQuery,
  PurchaseOrderStory,
  PurchaseReceipt,
  Restocks,
  Supplier,
  Suppliers,
  SupplierSettings,
} from "./shapes.ts";
import { json, queryOf, type Transport } from "./transport.ts";

export class SupplierCalls extends ProductCalls {
  /** Earliest cut-off first. */
  purchaseOrders(query: PurchaseOrdersQuery = {}): Promise<PurchaseOrders> {
    return this.service.json("GET", `/purchase-orders${queryOf(query)}`);
  }

  /** What is to be ordered and is on no purchase order, and what was placed by hand; newest first. */
  restocks(query: Page<typeof RestocksQuery> = {}): Promise<Restocks> {
    return this.service.json("GET", `/restocks${queryOf(query)}`);
  }

  /** What happened to an order, step by step. */
  purchaseOrderStory(poId: string): Promise<PurchaseOrderStory> {
    return this.service.json("GET", `/purchase-orders/${encodeURIComponent(poId)}/story`);
  }

  purchaseOrder(poId: string): Promise<PurchaseOrder> {
    return this.service.json("GET", `/purchase-orders/${encodeURIComponent(poId)}`);
  }

  /** Quantities that become firm; 0 removes a line. */
  setPurchaseLines(poId: string, revision: number, lines: PurchaseLines): Promise<PurchaseOrder> {
    return actOn(this.service, poId, "lines", { revision, lines });
  }

  approvePurchase(poId: string, revision: number): Promise<PurchaseOrder> {
    return actOn(this.service, poId, "approve", { revision });
  }

  sendPurchase(poId: string, revision: number): Promise<PurchaseOrder> {
    return actOn(this.service, poId, "send", { revision });
  }

  cancelPurchase(poId: string, revision: number, reason?: string): Promise<PurchaseOrder> {
    return actOn(this.service, poId, "cancel", { revision, reason: reason ?? null });
  }

  /** What the supplier said of an order that was sent. */
  confirmPurchase(poId: string, confirmation: PurchaseConfirmation): Promise<PurchaseOrder> {
    return actOn(this.service, poId, "confirm", confirmation);
  }

  receivePurchase(poId: string, receipt: PurchaseReceipt): Promise<PurchaseOrder> {
    return actOn(this.service, poId, "receive", receipt);
  }

  /** Tries again what was given up, such as the mail to the supplier. */
  redeliverPurchase(poId: string): Promise<{ readonly po_id: string; readonly deliveries: number }> {
    return this.service.json("POST", `/purchase-orders/${encodeURIComponent(poId)}/redeliver`);
  }

  putSupplier(supplierId: string, supplier: SupplierSettings): Promise<Supplier> {
    return this.service.json("PUT", `/suppliers/${encodeURIComponent(supplierId)}`, json(supplier));
  }

  supplier(supplierId: string): Promise<Supplier> {
    return this.service.json("GET", `/suppliers/${encodeURIComponent(supplierId)}`);
  }

  suppliers(query: Page<typeof ListQuery> = {}): Promise<Suppliers> {
    return this.service.json("GET", `/suppliers${queryOf(query)}`);
  }

  async deleteSupplier(supplierId: string): Promise<void> {
    await this.service.send("DELETE", `/suppliers/${encodeURIComponent(supplierId)}`);
  }

  /** When orders must be in, and when they then arrive at a store. */
  supplierCalendar(supplierId: string, query: z.input<typeof suppliers.CalendarQuery> = {}): Promise<OrderCalendar> {
    return this.service.json("GET", `/suppliers/${encodeURIComponent(supplierId)}/calendar${queryOf(query)}`);
  }
}

// No private method: `with` makes an object that was never constructed, which has none.
function actOn(service: Transport, poId: string, what: string, body: unknown): Promise<PurchaseOrder> {
  return service.json("POST", `/purchase-orders/${encodeURIComponent(poId)}/${what}`, json(body));
}
