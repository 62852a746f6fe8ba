/** One item at one store: its demand, stock, open orders, decisions, and how reliable its confidence was. */
import type { ChartData } from "../review/chart-data.ts";
import type { StockFacts } from "../review/question.ts";
import { formatsOf, type Formats } from "../shared/formats.ts";
import { percentText } from "../review/wording.ts";
import type { SeasonText } from "../world/season-text.ts";
import type { ShownAs } from "../workflow/asking/shown-as.ts";
import { Charts } from "./charts.tsx";
import { EarlierDecisions, type EarlierDecision } from "./earlier-decisions.tsx";
import { ItemSettings, type ItemSettingsProps } from "./settings-form.tsx";
import { Layout, type LayoutProps } from "./page-layout.tsx";
import { DOT, Fact, StockNow, Time, Warnings, type UsualFacts } from "./page-parts.tsx";
import { storeHref } from "./page-paths.ts";

export interface OpenOrderRow {
  readonly quantity: number;
  /** `placed Tue 1 Dec by Ana`. */
  readonly how: string;
  /** Day. */
  readonly expected: string;
}

/** How decisions of one band of confidence fared with the people who saw them. */
export interface ConfidenceRecordRow {
  readonly label: string;
  readonly decisions: number;
  readonly asked: number;
  readonly approvedAsAsked: number;
}

/** Decisions whose outcome became known: what was claimed, and how often it was right. */
interface ScoredOutcomes {
  readonly scored: number;
  readonly claimed: number;
  readonly right: number;
}

export interface ItemPageProps {
  readonly storeId: string;
  readonly productId: string;
  readonly shownAs: ShownAs;
  /** `receivedSince`: units received after the count; they are part of what is on hand. */
  readonly stock: (StockFacts & { readonly receivedSince: number }) | null;
  /** When it sells out; null where nothing is known of demand. */
  readonly lasting: string | null;
  readonly countedAt: number | null;
  readonly usual: UsualFacts;
  readonly chart: ChartData | null;
  readonly season: SeasonText | null;
  readonly openOrders: readonly OpenOrderRow[];
  readonly decisions: readonly EarlierDecision[];
  readonly confidenceRecord: readonly ConfidenceRecordRow[];
  readonly outcomes: ScoredOutcomes | null;
  /** What of its settings has no effect as it is. */
  readonly warnings: readonly string[];
  /** Null for those who may not change them. */
  readonly settings: Omit<ItemSettingsProps, "formats"> | null;
  readonly now: number;
  readonly openQuestion: { readonly href: string; readonly title: string } | null;
  readonly session: NonNullable<LayoutProps["session"]>;
}

export function ItemPage(props: ItemPageProps) {
  const { chart, shownAs } = props;
  const formats = formatsOf(shownAs);
  return (
    <Layout title={`${nameOf(props)} at ${shownAs.store ?? props.storeId}`} place="Items" session={props.session}>
      <Now {...props} formats={formats} />
      {chart === null ? null : (
        <section class="card" aria-labelledby="demand">
          <h2 id="demand">Demand and stock ahead</h2>
          <div class="charts">
            <Charts chart={chart} formats={formats} />
          </div>
        </section>
      )}
      {props.season === null ? null : (
        <section class="card" aria-labelledby="season">
          <h2 id="season">Season</h2>
          <dl class="facts">
            <Fact name="This week" value={props.season.now} />
            <Fact name="When an order of now arrives" value={props.season.atArrival} />
            <Fact name="Of the store" value={props.season.from} />
          </dl>
        </section>
      )}
      <OpenOrders orders={props.openOrders} formats={formats} />
      {props.settings === null ? null : <ItemSettings {...props.settings} formats={formats} />}
      <ConfidenceRecord {...props} />
      <section class="card" aria-labelledby="decisions">
        <h2 id="decisions">Decisions</h2>
        <EarlierDecisions
          decisions={props.decisions}
          label="Decisions of this item"
          formats={formats}
          now={props.now}
        />
      </section>
    </Layout>
  );
}

function nameOf({ shownAs, productId }: Pick<ItemPageProps, "shownAs" | "productId">): string {
  return shownAs.name ?? productId;
}

/** What it is, what is there, and what is asked about it. */
function Now(props: ItemPageProps & { readonly formats: Formats }) {
  const { stock, shownAs, formats } = props;
  return (
    <section class="card" aria-labelledby="item">
      <p class="where">
        <a href={storeHref(props.storeId)}>{shownAs.store ?? props.storeId}</a>
        {[shownAs.name === undefined ? undefined : props.productId, shownAs.gtin, shownAs.supplier]
          .filter((part) => part !== undefined)
          .map((part) => DOT + part)}
      </p>
      <h1 id="item">
        <bdi lang={shownAs.locale}>{nameOf(props)}</bdi>
      </h1>
      {props.lasting === null ? null : <p class="lead">{props.lasting}</p>}
      {props.openQuestion === null ? null : (
        <p class="notice amber">
          <span>
            A question is open: <a href={props.openQuestion.href}>{props.openQuestion.title}</a>
          </span>
        </p>
      )}
      <Warnings warnings={props.warnings} />
      {stock === null ? (
        <p class="soft">
          Nothing was counted here yet, and the first count fills this page. <a href="/import">Load a list of stock</a>
        </p>
      ) : (
        <>
          <StockNow stock={stock} usual={props.usual} formats={formats} />
          {props.countedAt === null ? null : (
            <p class="small soft">
              As counted <Time at={props.countedAt} formats={formats} now={props.now} />
              {stock.receivedSince > 0 ? `, with ${formats.quantity(stock.receivedSince)} received since` : ""}
            </p>
          )}
        </>
      )}
    </section>
  );
}

interface OpenOrdersProps {
  readonly orders: readonly OpenOrderRow[];
  readonly formats: Formats;
}

function OpenOrders({ orders, formats }: OpenOrdersProps) {
  return (
    <section class="card" aria-labelledby="orders">
      <h2 id="orders">Open orders</h2>
      {orders.length === 0 ? (
        <p class="soft">None.</p>
      ) : (
        <ul>
          {orders.map((order) => (
            <li>
              <strong>{formats.quantity(order.quantity)}</strong> {order.how}, expected {order.expected}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function ConfidenceRecord({ outcomes, confidenceRecord }: Pick<ItemPageProps, "outcomes" | "confidenceRecord">) {
  return (
    <section class="card" aria-labelledby="record">
      <h2 id="record">Confidence record</h2>
      {outcomes === null ? <p>Not measured yet: no decision's outcome is known.</p> : <Outcomes {...outcomes} />}
      {confidenceRecord.length === 0 ? (
        <p class="soft">No decisions yet.</p>
      ) : (
        <dl class="facts">
          {confidenceRecord.map((row) => (
            <Fact
              name={row.label}
              value={`${row.decisions} ${row.decisions === 1 ? "decision" : "decisions"}`}
              more={
                row.asked === 0
                  ? "none asked about"
                  : `${row.approvedAsAsked} of ${row.asked} asked were approved as they were`
              }
            />
          ))}
        </dl>
      )}
    </section>
  );
}

function Outcomes({ scored, claimed, right }: ScoredOutcomes) {
  return (
    <p>
      Of {scored} {scored === 1 ? "decision" : "decisions"} whose outcome is known, {Math.round(right * scored)} were
      right; {percentText(claimed)} was claimed.
    </p>
  );
}
