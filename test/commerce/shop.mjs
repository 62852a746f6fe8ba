/**
 * A Vendure shop with three teas, its database in memory; runs where @vendure/core is installed. Says its port when it
 * is open.
 */
import { writeFileSync } from "node:fs";
import { bootstrap, DefaultLogger, dummyPaymentHandler, LanguageCode, LogLevel } from "@vendure/core";
import { populate } from "@vendure/core/cli/index.js";
import { keepInStock } from "./vendure.mjs";

const config = {
  apiOptions: { port: 0, hostname: "127.0.0.1", adminApiPath: "admin-api", shopApiPath: "shop-api" },
  authOptions: {
    tokenMethod: ["bearer"],
    superadminCredentials: { identifier: "superadmin", password: "superadmin" },
    cookieOptions: { secret: "a-shop-of-a-test" },
  },
  dbConnectionOptions: { type: "sqljs", synchronize: true, autoSave: false },
  paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
  importExportOptions: { importAssetsDir: import.meta.dirname },
  logger: new DefaultLogger({ level: LogLevel.Error }),
};
const shop = {
  defaultLanguage: LanguageCode.en,
  defaultZone: "Europe",
  countries: [{ name: "Germany", code: "DE", zone: "Europe" }],
  taxRates: [{ name: "Standard", percentage: 0 }],
  shippingMethods: [{ name: "Post", price: 0 }],
  paymentMethods: [
    {
      name: "Card",
      handler: { code: dummyPaymentHandler.code, arguments: [{ name: "automaticSettle", value: "true" }] },
    },
  ],
  collections: [],
};
const columns =
  "name,slug,description,assets,facets,optionGroups,optionValues," +
  "sku,price,taxCategory,stockOnHand,trackInventory,variantAssets,variantFacets";
const teas = `${columns}
Sencha,sencha,,,,,,SENCHA,9.50,standard,30,true,,
Matcha,matcha,,,,,,MATCHA,24.00,standard,12,true,,
Hojicha,hojicha,,,,,,HOJICHA,7.00,standard,500,true,,
`;
const file = `${import.meta.dirname}/teas.csv`;
writeFileSync(file, teas);
const app = await populate(() => bootstrap(config), shop, file);
await keepInStock(app, { url: process.env.STOCKWARDEN_URL, key: process.env.STOCKWARDEN_KEY });
console.log(`open on ${app.getHttpServer().address().port}`);
