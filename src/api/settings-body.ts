/** An item's settings as requests send them, as answers show them, and as columns of a catalogue. */
import * as z from "zod";
import { itemSettings, type ItemSettings, type WireSettings } from "./item-settings.ts";
import { wired } from "./trigger/trigger-terms.ts";

export const SettingsBody = z.strictObject(wired(itemSettings())).superRefine((wire, context) => {
  for (const [path, message] of contradictions(wire)) context.addIssue({ code: "custom", path: [path], message });
});

export const settingAnswers = Object.fromEntries(
  Object.entries(itemSettings()).map(([key, { answer }]) => [key, answer.optional()]),
) as { [K in keyof ItemSettings]: z.ZodOptional<z.ZodType<z.input<ItemSettings[K]["wire"]>>> };

/** A column of the catalogue, and where its cell goes. */
export interface SettingColumn {
  readonly setting: keyof ItemSettings;
  /** The member of an object such as `order_unit`. */
  readonly member: string | null;
  readonly isNumber: boolean;
}

const NUMBER_MEMBERS: ReadonlySet<string> = new Set(["units", "factor"]);

export const SETTING_COLUMNS: Readonly<Record<string, SettingColumn>> = Object.fromEntries(
  Object.entries(itemSettings()).flatMap(([key, { columns, kept }]): [string, SettingColumn][] => {
    const setting = key as keyof ItemSettings;
    if (columns === null)
      return [[key, { setting, member: null, isNumber: kept instanceof z.ZodNumber && key !== "phase_out_on" }]];
    return columns.map((member) => [`${key}_${member}`, { setting, member, isNumber: NUMBER_MEMBERS.has(member) }]);
  }),
);

/** Settings that leave no order whatever happens are a typing error. A `max_stock` of 0 means "do not order". */
export function* contradictions(wire: WireSettings): Generator<[path: string, message: string]> {
  const orderUnit = wire.order_unit ?? undefined;
  const maxStock = wire.max_stock ?? undefined;
  const pack = wire.pack_size ?? orderUnit?.units ?? 1;
  if (orderUnit !== undefined && !isMultiple(pack, orderUnit.units)) {
    yield ["pack_size", `must be a multiple of the ${orderUnit.units} units of order_unit`];
  }
  const smallest = Math.max(pack, Math.ceil((wire.min_order_quantity ?? 0) / pack - 1e-9) * pack);
  if (maxStock !== undefined && maxStock > 0 && smallest > maxStock * (1 + 1e-9)) {
    yield ["max_stock", `leaves no order: the smallest one is ${smallest}`];
  }
}

function isMultiple(value: number, unit: number): boolean {
  const times = value / unit;
  return times > 0.5 && Math.abs(times - Math.round(times)) < 1e-9 * Math.max(1, times);
}
