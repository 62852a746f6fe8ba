/** The stylesheet of the report of a backtest, light and dark by the reader's setting. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1c2430;--dim:#5d6b7c;--paper:#fbfaf7;--card:#fff;--rule:#dfe3e8;--column:#c9d0d8;
--stockwarden:#0b7a75;--present:#c2571a;--textbook:#6b5bb5;--hindsight:#7b8794;--good:#0b7a45;--bad:#b3261e}
@media (prefers-color-scheme:dark){:root{
--ink:#e7ecf2;--dim:#9aa8b8;--paper:#12171e;--card:#1a212b;--rule:#2c3643;--column:#3b4757;--stockwarden:#35c2ba;
--present:#f0975a;--textbook:#a899f0;--hindsight:#94a3b3;--good:#58d19a;--bad:#ff8a80}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:1040px;margin:0 auto;padding:48px 24px 80px}
h1{font-size:clamp(1.6rem,4vw,2.4rem);line-height:1.2;margin:.2em 0 .4em;letter-spacing:-.02em;max-width:24em}
h2{font-size:1.2rem;margin:0 0 .2em}
section,footer{margin-top:48px}p{margin:.2em 0 1em;color:var(--dim);max-width:46em}
.kicker{font-size:.85rem;text-transform:none;letter-spacing:.02em}.lead{font-size:1.05rem}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(215px,1fr));gap:16px;margin-top:32px}
.card{background:var(--card);border:1px solid var(--rule);border-top:4px solid var(--tone);border-radius:8px;
padding:16px 18px}
.card h3{margin:0;font-size:.95rem;color:var(--tone)}
.big{font-size:1.9rem;font-weight:650;color:var(--ink);margin:.15em 0 .3em;line-height:1.1}
.big small{display:block;font-size:.8rem;font-weight:450;color:var(--dim);margin-top:.4em}
dl{display:grid;grid-template-columns:1fr auto;gap:2px 12px;margin:0;font-size:.9rem}dt{color:var(--dim)}
dd{margin:0;text-align:right;font-variant-numeric:tabular-nums}
.stockwarden{--tone:var(--stockwarden)}.present{--tone:var(--present)}.textbook{--tone:var(--textbook)}
.hindsight{--tone:var(--hindsight)}
svg{width:100%;height:auto;display:block}svg .fill{fill:var(--tone)}
svg .line{fill:none;stroke:var(--tone);stroke-width:2;stroke-linejoin:round}svg .grid{stroke:var(--rule)}
svg .diagonal{stroke:var(--dim);stroke-dasharray:4 4}svg .column{fill:var(--column)}
svg text{font:13px system-ui,-apple-system,"Segoe UI",sans-serif;fill:var(--ink)}
svg .tick{font-size:11px;fill:var(--dim)}svg .value{font-weight:600}svg .end{text-anchor:end}
svg .middle{text-anchor:middle}
.legend span{display:inline-flex;align-items:center;margin-right:18px;font-size:.9rem}
.legend i{width:14px;height:3px;border-radius:2px;background:var(--tone);margin-right:7px}
.two{display:grid;grid-template-columns:1fr 1.2fr;gap:32px;align-items:start}
@media (max-width:760px){.two{grid-template-columns:1fr}}
.grid-items{display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:24px}
figure{margin:0;background:var(--card);border:1px solid var(--rule);border-radius:8px;padding:12px}
figcaption{font-size:.85rem;color:var(--dim);margin-top:6px}figcaption b{color:var(--ink)}
.scroll{overflow:auto;max-height:560px;border:1px solid var(--rule);border-radius:8px;background:var(--card)}
table{border-collapse:collapse;font-size:.85rem;width:100%;font-variant-numeric:tabular-nums}
th,td{padding:6px 10px;text-align:right;border-bottom:1px solid var(--rule);white-space:nowrap}
thead th{position:sticky;top:0;background:var(--card);color:var(--dim);font-weight:550}
thead tr:nth-child(2) th{top:32px}th[scope=row],thead th:first-child{text-align:left}
thead th[colspan]{text-align:center}code{white-space:nowrap}.good{color:var(--good)}.bad{color:var(--bad)}
@media print{.scroll{max-height:none}}
`;
