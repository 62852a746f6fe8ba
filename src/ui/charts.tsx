/** Recent demand, and the stock ahead under each answer with its uncertainty: drawn on the server, readable without colour. */
import { dayText, quantityText } from "../review/wording.ts";
import type { ChartData, Projection } from "../review/chart-data.ts";
import { bandPath, dayX, linePath, round, scaleFor, type Frame, type Scale } from "./chart-geometry.ts";

const WIDTH = 360;
const STOCK_FRAME: Frame = { left: 34, top: 18, width: 316, height: 146 };
const DEMAND_FRAME: Frame = { left: 34, top: 8, width: 316, height: 78 };
const LABEL_GAP = 16;
const DAY_MS = 86_400_000;

export function Charts({ chart }: { chart: ChartData }) {
  return (
    <>
      <StockChart chart={chart} />
      {chart.demand.length === 0 ? null : <DemandChart chart={chart} />}
    </>
  );
}

function StockChart({ chart }: { chart: ChartData }) {
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
  const shown = [
    { letter: "r", projection: chart.reject },
    { letter: "a", projection: chart.approve },
    ...(chart.tried === null ? [] : [{ letter: "t", projection: chart.tried }]),
  ].filter(
    ({ letter, projection }) =>
      letter !== "r" || projection.quantity !== chart.approve.quantity || chart.approve.quantity !== 0,
  );
  return (
    <figure>
      <h3 class="small">Stock ahead, next {days} days</h3>
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
        aria-label={`Projected stock over the next ${days} days. ${shown.map(({ projection }) => summaryOf(projection)).join(" ")}`}
      >
        <Ticks frame={frame} scale={scale} />
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
          <text
            x={Math.min(Math.max(arrival, frame.left + 75), frame.left + frame.width - 60)}
            y={bottom + LABEL_GAP}
            text-anchor="middle"
          >
            an order arrives
          </text>
        ) : null}
        <text x={frame.left} y={bottom + LABEL_GAP} text-anchor="start">
          now
        </text>
        <text x={frame.left + frame.width} y={bottom + LABEL_GAP} text-anchor="end">
          {dayText(chart.today + days * DAY_MS)}
        </text>
      </svg>
      <figcaption>
        {shown
          .toReversed()
          .map(({ projection }) => summaryOf(projection))
          .join(" ")}{" "}
        Lines are the middle case; bands hold 8 in 10 cases.
      </figcaption>
    </figure>
  );
}

function DemandChart({ chart }: { chart: ChartData }) {
  const frame = DEMAND_FRAME;
  const scale = scaleFor(Math.max(...chart.demand.map((point) => point.units)), frame);
  const slot = frame.width / chart.demand.length;
  const bottom = frame.top + frame.height;
  const total = chart.demand.reduce((sum, point) => sum + point.units, 0);
  const out = chart.demand.filter((point) => !point.inStock).length;
  const summary = `${quantityText(total)} sold in ${chart.demand.length} days, ${quantityText(round(total / chart.demand.length))} a day${out > 0 ? `; out of stock on ${out} of them (outlined)` : ""}.`;
  return (
    <figure>
      <h3 class="small">Sold a day, last {chart.demand.length} days</h3>
      <svg viewBox={`0 0 ${WIDTH} ${bottom + LABEL_GAP + 4}`} role="img" aria-label={`Demand. ${summary}`}>
        <Ticks frame={frame} scale={scale} />
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
          {dayText(chart.demand[0]!.at)}
        </text>
        <text x={frame.left + frame.width} y={bottom + LABEL_GAP} text-anchor="end">
          {dayText(chart.demand.at(-1)!.at)}
        </text>
      </svg>
      <figcaption>{summary}</figcaption>
    </figure>
  );
}

function Ticks({ frame, scale }: { frame: Frame; scale: Scale }) {
  return (
    <>
      {scale.ticks.map((tick) => (
        <>
          <path class={tick === 0 ? "zero" : "ax"} d={`M${frame.left} ${scale.y(tick)}H${frame.left + frame.width}`} />
          <text x={frame.left - 5} y={scale.y(tick) + 4} text-anchor="end">
            {shortNumber(tick)}
          </text>
        </>
      ))}
    </>
  );
}

function summaryOf(projection: Projection): string {
  const end = projection.days.at(-1);
  if (end === undefined) return "";
  const low = quantityText(Math.round(end.p10));
  const high = quantityText(Math.round(end.p90));
  const empty = projection.days.filter((band) => band.p50 <= 0).length;
  const range = low === high ? `about ${low}` : `${low} to ${high}`;
  return `${projection.label}: ${empty === 0 ? "in stock on every day" : `empty on ${empty} of ${projection.days.length} days`}, ${range} left at the end.`;
}

function shortNumber(value: number): string {
  if (value >= 1e6) return `${quantityText(value / 1e6)}M`;
  return value >= 10_000 ? `${quantityText(value / 1e3)}k` : quantityText(value);
}
