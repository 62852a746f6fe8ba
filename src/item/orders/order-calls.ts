/** What callers do to an item's orders, as one module that is loaded by the first such call. */
export { cancelOrder } from "./cancel-order.ts";
export { changePromise } from "./change-promise.ts";
export { placeElsewhere } from "./place-elsewhere.ts";
export { receiveGoods } from "./receive-goods.ts";
export { takeBackReceipt } from "./take-back-receipt.ts";
