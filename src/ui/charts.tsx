/**
 * Charts of recent demand, and of the stock ahead under each answer with its uncertainty: drawn on the server, readable
 * without colour.
 */
import type { ChartData, Projection } from "../review/chart-data.ts";
import { DAY_MS } from "../shared/durations.ts";
import type { Formats } from "../shared/formats.ts";
import { orderText } from "../review/lasting-text.ts";
import { bandPath, dayX, linePath, round, scaleFor, type Frame, type Scale } from "./chart-geometry.ts";

const WIDTH = 360;
const STOCK_FRAME: Frame = { left: 34, top: 18, width: 316, height: 146 };
const DEMAND_FRAME: Frame = { left: 34, top: 8, width: 316, height: 78 };
const LABEL_GAP = 16;
/** Widths of what is written under the chart, in its own units: a letter, `now`, and a date. */
const LABEL_LETTER = 6.4;
const NOW_WIDTH = 26;
const END_WIDTH = 66;

interface ChartProps {
  readonly chart: ChartData;
  readonly formats: Formats;
}

export function Charts({ chart, formats }: ChartProps) {
  return (
    <>
      <StockChart chart={chart} formats={formats} />
      {chart.demand.length === 0 ? null : <DemandChart chart={chart} formats={formats} />}
    </>
  );
}

function StockChart({ chart, formats }: ChartProps) {
  const all = [chart.approve, chart.reject, ...(chart.tried === null ? [] : [chart.tried])];
  const highest = Math.max(
    chart.onHand,
    chart.safetyStock,
    ...all.flatMap((projection) => projection.days.map((band) => band.p90)),
  );
  const frame = STOCK_FRAME;
  const scale = scaleFor(highest, frame);
  const days = chart.approve.days.length;
  const arrival = dayX(chart.arrivalDay - 1, days, frame);
  const bottom = frame.top + frame.height;
  const right = frame.left + frame.width;
  const proposes = chart.approve.quantity > 0 || chart.tried !== null;
  const arrives = `${proposes ? "arrives" : "if ordered now:"} ${formats.date(chart.today + chart.arrivalDay)}`;
  const half = (arrives.length * LABEL_LETTER) / 2;
  const arrivesAt = Math.min(Math.max(arrival, frame.left + NOW_WIDTH + half), right - half);
  const hasRoomForEnd = chart.arrivalDay >= days || arrivesAt + half < right - END_WIDTH;
  const shown = [
    { letter: "r", projection: chart.reject },
    { letter: "a", projection: chart.approve },
    ...(chart.tried === null ? [] : [{ letter: "t", projection: chart.tried }]),
  ].filter(
    ({ letter, projection }) =>
      letter !== "r" || projection.quantity !== chart.approve.quantity || chart.approve.quantity !== 0,
  );
  const summaries = shown
    .toReversed()
    .map(({ projection }) => summaryOf(projection, formats))
    .join(" ");
  return (
    <figure>
      <h3 class="small">Stock ahead, next {days} days, if nothing more is ordered</h3>
      <ul class="key">
        {shown.toReversed().map(({ letter, projection }) => (
          <li>
            <svg viewBox="0 0 26 10" aria-hidden="true">
              <path class={`${letter}-line`} d="M0 5H26" />
            </svg>
            {projection.label}
          </li>
        ))}
      </ul>
      <svg
        viewBox={`0 0 ${WIDTH} ${bottom + LABEL_GAP + 4}`}
        role="img"
        aria-label={`Projected stock over the next ${days} days. ${summaries}`}
      >
        <Ticks frame={frame} scale={scale} formats={formats} />
        {chart.safetyStock > 0 ? (
          <path class="safety" d={`M${frame.left} ${scale.y(chart.safetyStock)}H${frame.left + frame.width}`} />
        ) : null}
        {chart.safetyStock > 0 ? (
          <text x={frame.left + frame.width} y={scale.y(chart.safetyStock) - 4} text-anchor="end">
            safety stock
          </text>
        ) : null}
        {shown.map(({ letter, projection }) => (
          <>
            <path class={`${letter}-band`} d={bandPath(chart.onHand, projection.days, frame, scale)} />
            <path class={`${letter}-line`} d={linePath(chart.onHand, projection.days, frame, scale)} />
          </>
        ))}
        {chart.arrivalDay < days ? <path class="arrive" d={`M${arrival} ${bottom}v5`} /> : null}
        {chart.arrivalDay < days ? (
          <text x={round(arrivesAt)} y={bottom + LABEL_GAP} text-anchor="middle">
            {arrives}
          </text>
        ) : null}
        <text x={frame.left} y={bottom + LABEL_GAP} text-anchor="start">
          now
        </text>
        {hasRoomForEnd ? (
          <text x={right} y={bottom + LABEL_GAP} text-anchor="end">
            {formats.date(chart.today + days)}
          </text>
        ) : null}
      </svg>
      <figcaption>{summaries} Lines are the middle case; bands hold 8 in 10 cases.</figcaption>
    </figure>
  );
}

function DemandChart({ chart, formats }: ChartProps) {
  const quantityText = formats.quantity;
  const frame = DEMAND_FRAME;
  const scale = scaleFor(Math.max(...chart.demand.map((point) => point.units)), frame);
  const slot = frame.width / chart.demand.length;
  const bottom = frame.top + frame.height;
  const total = chart.demand.reduce((sum, point) => sum + point.units, 0);
  const out = chart.demand.filter((point) => !point.inStock).length;
  const isOld = chart.demand.at(-1)!.day < chart.today - 1;
  const summary =
    `${quantityText(total)} sold in ${chart.demand.length} days, ` +
    `${quantityText(round(total / chart.demand.length))} a ` +
    `day${out > 0 ? `; out of stock on ${out} of them (outlined)` : ""}.`;
  return (
    <figure>
      <h3 class="small">
        Sold a day, last {chart.demand.length} days{isOld ? " that are known" : ""}
      </h3>
      <svg viewBox={`0 0 ${WIDTH} ${bottom + LABEL_GAP + 4}`} role="img" aria-label={`Demand. ${summary}`}>
        <Ticks frame={frame} scale={scale} formats={formats} />
        {chart.demand.map((point, index) => {
          const top = scale.y(point.units);
          const height = Math.max(point.inStock ? 0 : 3, round(bottom - top));
          return (
            <rect
              class={point.inStock ? "bar" : "bar out"}
              x={round(frame.left + index * slot + slot * 0.15)}
              y={round(bottom - height)}
              width={round(slot * 0.7)}
              height={height}
              rx={1}
            />
          );
        })}
        <text x={frame.left} y={bottom + LABEL_GAP} text-anchor="start">
          {formats.date(chart.demand[0]!.day)}
        </text>
        <text x={frame.left + frame.width} y={bottom + LABEL_GAP} text-anchor="end">
          {formats.date(chart.demand.at(-1)!.day)}
        </text>
      </svg>
      <figcaption>{summary}</figcaption>
    </figure>
  );
}

function Ticks({ frame, scale, formats }: { frame: Frame; scale: Scale; formats: Formats }) {
  return (
    <>
      {scale.ticks.map((tick) => (
        <>
          <path class={tick === 0 ? "zero" : "ax"} d={`M${frame.left} ${scale.y(tick)}H${frame.left + frame.width}`} />
          <text x={frame.left - 5} y={scale.y(tick) + 4} text-anchor="end">
            {shortNumber(tick, formats)}
          </text>
        </>
      ))}
    </>
  );
}

function summaryOf({ lasting, quantity, label }: Projection, formats: Formats): string {
  if (quantity > 0) return orderText(lasting, formats);
  const { soldOutOn, arrivesOn, isEmpty } = lasting;
  const without =
    soldOutOn === null
      ? "lasts for more than a year"
      : isEmpty
        ? "sold out now"
        : `sold out ${formats.date(soldOutOn, arrivesOn * DAY_MS)}`;
  return `${label}: ${without}.`;
}

function shortNumber(value: number, { quantity }: Formats): string {
  if (value >= 1e6) return `${quantity(value / 1e6)}M`;
  return value >= 10_000 ? `${quantity(value / 1e3)}k` : quantity(value);
}
