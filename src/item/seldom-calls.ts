/** What an item does beside deciding triggers, as one module that is loaded by the first such call. */
export { decideAgain } from "./again/decide-again.ts";
export { answerReplay } from "./again/answer-replay.ts";
export { takeBackAnswer } from "./again/take-back-answer.ts";
export { whatIf } from "./again/what-if.ts";
export { cancelOrder } from "./orders/cancel-order.ts";
export { changePromise } from "./orders/change-promise.ts";
export { markPlaced } from "./orders/mark-placed.ts";
export { placeElsewhere } from "./orders/place-elsewhere.ts";
export { receiveGoods } from "./orders/receive-goods.ts";
export { takeBackReceipt } from "./orders/take-back-receipt.ts";
export { overviewOf } from "./overview.ts";
export { answerPurchase } from "./purchase/answer-purchase.ts";
export { planAnew } from "./purchase/plan-moved-anew.ts";
export { tellLinesAgain } from "./purchase/tell-lines-again.ts";
export { topUpOffer } from "./purchase/top-up-costs.ts";
export { viewOf } from "./view.ts";
