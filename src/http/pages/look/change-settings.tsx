/** What a person who may write data changes of an item on its page; other settings stay as they are. */
import * as z from "zod";
import { name } from "../../../api/fields.ts";
import { Problem } from "../../../api/problems.ts";
import { SettingsBody } from "../../../api/settings-body.ts";
import { termsToWire, toTerms } from "../../../api/settings-terms.ts";
import { isAsShown, readQuantity } from "../../../review/typed-quantity.ts";
import { formatsOf, type Formats } from "../../../shared/formats.ts";
import { storageOf } from "../../../storage/storage.ts";
import { SETTING_LABELS, shownField } from "../../../ui/settings-form.tsx";
import { MessagePage } from "../../../ui/message-page.tsx";
import { itemHref } from "../../../ui/page-paths.ts";
import type { Session } from "../../auth/inbox-session.ts";
import { world } from "../../kit/context.ts";
import { storeTerms } from "../../kit/named-item.ts";
import { parseWith } from "../../kit/request/body.ts";
import { pageRoute } from "../page-route.ts";
import { notFromOurPage, page, readForm } from "../page.ts";
import { isOurs, shown, withSession } from "../with-session.tsx";

export const postItemSettings = pageRoute({
  method: "POST",
  path: "/items/:store_id/:product_id/settings",
  summary: "Change how an item is bought",
  params: z.object({ store_id: name, product_id: name }),
  handle: (c, { params }) =>
    withSession(c, async (session) => {
      const form = await readForm(c);
      if (!isOurs(c, session, form) || !mayChange(session)) return notFromOurPage(c);
      const item = { storeId: params.store_id, productId: params.product_id };
      const [stored, store] = await Promise.all([
        storageOf(c.env).inputs.item(item),
        world(c).get("store", item.storeId),
      ]);
      // With the item that it learns from, which the form has not: it may be of a store that the sender does not see.
      const wire: Record<string, unknown> = { ...termsToWire(stored?.terms ?? {}) };
      let changed = false;
      try {
        for (const setting of Object.keys(SETTING_LABELS)) {
          const text = form.get(setting)?.trim() ?? "";
          // Somebody else may have changed it since the page was opened.
          if (text === (form.get(shownField(setting)) ?? "")) continue;
          wire[setting] = valueOf(setting, text, formatsOf(store ?? {}));
          changed = true;
        }
        if (changed) await storeTerms(c, item, toTerms(parseWith(SettingsBody, wire)));
      } catch (error) {
        if (!(error instanceof Problem) || error.code !== "validation_failed") throw error;
        const lines = (error.extras.errors ?? []).map(
          ({ pointer, message }) => `${labelOf(pointer.slice(1))}: ${message}.`,
        );
        const next = { href: itemHref(item), title: "Back to the item" };
        return page(c, <MessagePage title="Nothing was saved" {...{ lines, next }} session={shown(session)} />, 422);
      }
      return c.redirect(itemHref(item), 303);
    }),
});

export function mayChange({ principal }: Session): boolean {
  return principal.scopes.has("write");
}

/** Null = not set. A number that may mean two things is shown instead of stored. */
function valueOf(setting: string, text: string, formats: Formats): string | number | null {
  if (text === "") return null;
  if (setting === "supplier_id") return text;
  const number = readQuantity(text, formats);
  if (number !== null && isAsShown(text, number, formats)) return number;
  const message = number === null ? "must be a number" : `type ${formats.typed(number)} if you mean that`;
  throw new Problem("validation_failed", "A setting is no number.", { errors: [{ pointer: `/${setting}`, message }] });
}

function labelOf(setting: string): string {
  return SETTING_LABELS[setting as keyof typeof SETTING_LABELS] ?? setting;
}
