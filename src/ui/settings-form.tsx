/** How an item is bought, on its page: what a buyer changes now and then, for those who may. */
import type { Formats } from "../shared/formats.ts";

/** Names on the wire, and what a buyer calls them; all but the first are numbers. */
export const SETTING_LABELS = {
  supplier_id: "Supplier, its id",
  pack_size: "Pack size",
  min_order_quantity: "Order at least",
  max_stock: "Stock at most",
  safety_stock_level: "Safety stock",
  lead_time_days: "Lead time in days",
  unit_cost: "Cost of a unit",
} as const;

/** The field that repeats what the form showed, so that only what the buyer changes is stored. */
export function shownField(setting: string): string {
  return `shown:${setting}`;
}

export interface ItemSettingsProps {
  /** Where the form posts to. */
  readonly action: string;
  /** By their names on the wire. */
  readonly stored: Readonly<Record<string, unknown>>;
  readonly csrf: string;
  readonly formats: Formats;
}

export function ItemSettings({ action, stored, csrf, formats }: ItemSettingsProps) {
  return (
    <details class="card">
      <summary>Settings</summary>
      <form method="post" action={action}>
        <input type="hidden" name="csrf" value={csrf} />
        <div class="fields">
          {Object.entries(SETTING_LABELS).map(([name, label]) => {
            const value = stored[name];
            const text = typeof value === "number" ? formats.typed(value) : String(value ?? "");
            return (
              <label for={name}>
                {label}
                <input type="hidden" name={shownField(name)} value={text} />
                <input
                  id={name}
                  name={name}
                  value={text}
                  inputmode={name === "supplier_id" ? "text" : "decimal"}
                  autocomplete="off"
                />
              </label>
            );
          })}
        </div>
        <p class="small soft">
          Empty: as usual. The next count is planned by them, and an open question is asked anew.
        </p>
        <button class="plain" type="submit">
          Save settings
        </button>
      </form>
    </details>
  );
}
