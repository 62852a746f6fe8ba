/**
 * One stylesheet for every page, served as a file (`npm run build:pages` after each change): the content security
 * policy needs no exception. Phone first (320 px wide), light and dark by the reader's setting, every colour pair at
 * least 4.5 to 1. Text and the widths at which a layout changes follow the reader's text size.
 */
export const STYLE = `
:root{color-scheme:light dark;
--page:#f5f6f8;--card:#fff;--ink:#131722;--soft:#4b5566;--line:#d8dce4;--field:#fff;--field-line:#7b8494;
--blue:#1d4ed8;--on-blue:#fff;--blue-soft:#e6edfd;--amber:#92500a;--amber-soft:#fdf1de;--green:#0f6b3a;
--green-soft:#e2f4e9;--red:#b42318;--red-soft:#fdeceb;
--shadow:0 1px 2px rgb(16 24 40/.06),0 1px 6px rgb(16 24 40/.05)}
@media screen and (prefers-color-scheme:dark){:root{
--page:#0e1116;--card:#171b22;--ink:#e9ecf2;--soft:#a9b2c1;--line:#2c333f;--field:#0e1116;--field-line:#7a8496;
--blue:#8ab0ff;--on-blue:#0b1633;--blue-soft:#1a2745;--amber:#f3b765;--amber-soft:#33260f;--green:#6fd39b;
--green-soft:#10301f;--red:#ff9d94;--red-soft:#3a1917;
--shadow:none}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
@media (min-height:24em){.answer,.bulk{position:sticky;bottom:0}html:has(.answer,.bulk){scroll-padding-bottom:7rem}
html:has(.inbox){scroll-padding-top:4rem}}
body{margin:0;background:var(--page);color:var(--ink);
font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Noto Sans","Hiragino Sans","Yu Gothic",
"PingFang SC","Microsoft YaHei","Malgun Gothic","Noto Sans CJK JP","Noto Sans Arabic","Noto Sans Devanagari",
sans-serif;overflow-wrap:anywhere}
h1,h2,h3,p,dl,dd,ul,figure,fieldset{margin:0;padding:0}
h1{font-size:1.75rem;line-height:1.2;letter-spacing:-.02em;text-wrap:balance}
h2{font-size:1.0625rem;line-height:1.35}
a{color:var(--blue)}
a:has(.id){text-decoration:none}a:has(.id)>bdi{text-decoration:underline}
ul{padding-left:1.15rem}
:focus-visible{outline:3px solid var(--blue);outline-offset:2px;border-radius:4px}
.skip,.by-enter{position:absolute;left:-999px}
.skip:focus{left:8px;top:8px;background:var(--card);padding:8px 12px;z-index:9}
.top{display:flex;gap:8px 16px;align-items:center;justify-content:space-between;flex-wrap:wrap;max-width:1240px;
margin:0 auto;padding:14px 16px 0;font-size:.9375rem}
.brand{display:inline-flex;gap:8px;align-items:center;font-weight:650;color:var(--ink);text-decoration:none}
.brand img{width:22px;height:22px}
.top nav{display:flex;gap:0 14px;flex-wrap:wrap;align-items:center}
.top nav a{padding:4px 0}
.top [aria-current]{color:var(--ink);font-weight:650;text-decoration:none}
main{max-width:880px;margin:0 auto;padding:16px 16px 40px;display:grid;gap:14px}
main>*{min-width:0}
.card{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:18px;box-shadow:var(--shadow);
display:grid;gap:12px}
.card>*{min-width:0}
.soft{color:var(--soft)}
.small{font-size:.875rem}
.where{color:var(--soft);font-size:.9375rem}
.lead{font-size:1.0625rem}
.row{display:flex;gap:8px 14px;flex-wrap:wrap;align-items:center}
.between{justify-content:space-between}
.badge{display:inline-block;border-radius:999px;padding:2px 10px;font-size:.8125rem;font-weight:600;
background:var(--blue-soft);color:var(--blue)}
.badge.amber{background:var(--amber-soft);color:var(--amber)}
.badge.green{background:var(--green-soft);color:var(--green)}
.badge.red{background:var(--red-soft);color:var(--red)}
.notice{border-radius:12px;padding:14px 16px;background:var(--blue-soft);border:1px solid var(--line);display:grid;
gap:4px}
.notice.amber{background:var(--amber-soft)}.notice.green{background:var(--green-soft)}
.notice.red{background:var(--red-soft)}
.clock{display:flex;gap:12px;align-items:center}
.clock svg{width:40px;height:40px;flex:none}
.clock strong{display:block;font-size:1.0625rem;line-height:1.3}
.facts{display:flex;flex-wrap:wrap;border:1px solid var(--line);border-radius:10px;overflow:hidden}
.facts>div{flex:1 1 7.25rem;padding:10px 12px;display:flex;flex-direction:column;gap:1px;
box-shadow:1px 0 0 var(--line),0 1px 0 var(--line)}
.facts dt{color:var(--soft);font-size:.8125rem}
.facts dd{font-weight:650;font-size:1.125rem;font-variant-numeric:tabular-nums}
.facts dd{overflow-wrap:break-word}
.facts dd small{display:block;font-weight:400;font-size:.8125rem;color:var(--soft)}
.meter{display:grid;gap:6px}
.meter svg{display:block;width:100%;height:10px}
.charts{display:grid;gap:18px 28px;grid-template-columns:repeat(auto-fit,minmax(min(300px,100%),1fr));align-items:start}
.charts figure{display:grid;gap:6px}
.charts svg{display:block;width:100%;height:auto}
figcaption{font-size:.875rem;color:var(--soft)}
.key{display:flex;flex-wrap:wrap;gap:4px 16px;font-size:.875rem;list-style:none;padding:0}
.key li{display:flex;gap:6px;align-items:center}
.key svg{width:26px;height:10px;flex:none}
svg text{font:11px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;fill:var(--soft)}
.ax{stroke:var(--line);stroke-width:1}
.zero{stroke:var(--soft);stroke-width:1}
.safety{stroke:var(--soft);stroke-width:1;stroke-dasharray:2 3}
.arrive{stroke:var(--soft);stroke-width:1}
.bar{fill:var(--soft);opacity:.75}.bar.out{fill:none;stroke:var(--red);stroke-width:1.2;opacity:1}
.a-band{fill:var(--blue);opacity:.2}.a-line{fill:none;stroke:var(--blue);stroke-width:2.25}
.r-band{fill:var(--amber);opacity:.2}.r-line{fill:none;stroke:var(--amber);stroke-width:2.25;stroke-dasharray:6 4}
.t-band{fill:var(--green);opacity:.2}.t-line{fill:none;stroke:var(--green);stroke-width:2.25;stroke-dasharray:2 3}
.track{fill:var(--line)}.fill{fill:var(--blue)}.fill.low{fill:var(--amber)}
.ring{fill:none;stroke:var(--line);stroke-width:5}
.left{fill:none;stroke:var(--blue);stroke-width:5;stroke-linecap:round}.left.late{stroke:var(--red)}
blockquote{margin:0;padding:2px 0 2px 14px;border-left:3px solid var(--line)}
form{display:grid;gap:14px}
form.inline{display:flex;flex-wrap:wrap;gap:10px;align-items:end}
fieldset{border:0;display:grid;gap:14px;min-width:0}
label{font-weight:600;display:grid;gap:4px}
label .small{font-weight:400}
input,textarea,select{font:inherit;font-weight:400;color:inherit;background:var(--field);
border:1px solid var(--field-line);border-radius:10px;padding:10px 12px;width:100%;min-height:46px}
input[type=checkbox]{width:24px;height:24px;min-height:0;accent-color:var(--blue);flex:none;margin:0}
input[aria-invalid=true]{border-color:var(--red);border-width:2px}
textarea{min-height:76px;resize:vertical}
.error{color:var(--red);font-weight:600}
#quantity-error:empty{margin-top:-14px}
#quantity{scroll-margin-top:8rem}
button,.button{font:inherit;font-weight:650;border-radius:10px;border:1px solid transparent;padding:11px 18px;
min-height:48px;cursor:pointer;text-align:center;text-decoration:none;display:inline-block;overflow-wrap:break-word}
.primary{background:var(--blue);color:var(--on-blue)}
.plain{background:var(--card);color:var(--ink);border-color:var(--field-line)}
.danger{background:var(--card);color:var(--red);border-color:var(--red)}
.linklike{background:none;border:0;color:var(--blue);padding:4px 0;min-height:0;font-weight:400;
text-decoration:underline}
button:hover,.button:hover{filter:brightness(1.06)}
.with-button{display:flex;flex-wrap:wrap;gap:10px;align-items:end}
.with-button label{flex:1 1 9rem}
.answer{margin:0 -16px;padding:12px 16px calc(12px + env(safe-area-inset-bottom));
background:var(--card);border-top:1px solid var(--line);display:flex;flex-wrap:wrap;gap:8px;z-index:5}
.answer>*{flex:1 1 auto}.answer>p{flex-basis:100%}.answer>.primary{flex-grow:2}
.answer :is(button,.button){padding:11px 6px}
@media (min-width:45em){.answer{
margin:0;border:1px solid var(--line);border-radius:14px;bottom:12px;box-shadow:var(--shadow)}}
.scroll{overflow-x:auto}
.scroll th,.scroll td{overflow-wrap:normal}
.scroll td:has(>a>bdi),.scroll td:has(>bdi){overflow-wrap:anywhere;min-width:11rem}
.scroll th,.scroll .n{white-space:nowrap}
table{border-collapse:collapse;width:100%;font-size:.9375rem}
th,td{text-align:left;padding:9px 10px 9px 0;border-bottom:1px solid var(--line);vertical-align:top}
th{font-size:.8125rem;color:var(--soft);font-weight:600}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;padding-right:18px}
tbody tr:last-child>*{border-bottom:0}
.id{display:block;color:var(--soft);font-size:.8125rem;font-weight:400}
.lines{list-style:none;padding:0;display:grid}
.lines>li{display:flex;flex-wrap:wrap;gap:4px 16px;align-items:center;justify-content:space-between;padding:10px 0;
border-top:1px solid var(--line)}.lines>li:first-child{border-top:0;padding-top:0}.lines>li>*{min-width:0}
@media (max-width:43.7488em){.lines .check~*{padding-left:34px}}
.lines .badge{margin-left:8px}.lines form button{min-height:40px;padding:6px 14px}
.nowrap{white-space:nowrap}
@media (min-width:43.75em){td.day{white-space:nowrap}}
h3{font-size:.9375rem}
@media (max-width:43.7488em){.stack thead{position:absolute;left:-999px}.stack,.stack tbody{display:block}
.stack tr{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,7.25rem),1fr));gap:6px 14px;padding:12px 0;
border-bottom:1px solid var(--line)}
.stack tr:last-child{border-bottom:0;padding-bottom:0}.stack tbody tr:first-child{padding-top:0}
.stack td{border:0;padding:0;text-align:left!important;
overflow-wrap:anywhere}
.stack td:first-child{grid-column:1/-1}
.stack td[data-label]::before{content:attr(data-label);display:block;color:var(--soft);font-size:.8125rem}}
.sum{max-width:520px}.sum th{font-size:.9375rem;font-weight:400;color:inherit}.sum td,.sum th{padding:5px 0}
.sum th{padding-right:14px}
.sum td.n{padding-right:0;white-space:nowrap}
.sum tr:last-child>*{font-weight:650;border-bottom:0;border-top:2px solid var(--line)}
main.wide{max-width:1240px}
form#questions{gap:10px}
.inbox{background:var(--card);border:1px solid var(--line);border-radius:14px;border-spacing:0;
border-collapse:separate;box-shadow:var(--shadow)}
.inbox tbody th{font-size:.9375rem;color:inherit}
.inbox tbody th a{color:inherit;text-decoration:none;display:block}
.inbox tbody th a:hover bdi{text-decoration:underline}
.inbox .group th{font-size:.8125rem;color:var(--soft);text-transform:none;background:var(--page);padding:6px 14px}
.inbox small{color:var(--soft)}
.inbox tr.current>*{background:var(--blue-soft)}
.inbox tr.late td:last-child{color:var(--red);font-weight:600}
.amount{width:5.5rem;min-height:36px;padding:4px 8px;text-align:right;font-variant-numeric:tabular-nums}
.inbox thead span{display:none}
@media (min-width:56.25em){.inbox thead th{position:sticky;top:0;background:var(--card);z-index:4}
.inbox thead th:first-child{border-top-left-radius:14px}.inbox thead th:last-child{border-top-right-radius:14px}
.inbox th,.inbox td{padding:4px 10px;vertical-align:middle;line-height:1.35}
.inbox tr>:first-child{padding-left:14px;width:44px}.inbox td.n,.inbox th.n{padding-right:10px;white-space:nowrap}
.inbox thead th,.inbox td:last-child,.inbox td[data-label="Sold out"],.inbox .badge{white-space:nowrap}
.inbox td small{display:block}}
@media (max-width:56.2488em){.inbox,.inbox tbody,.inbox tr{display:block}
.inbox{background:none;border:0;box-shadow:none}.inbox thead th:not(:first-child){display:none}
.inbox thead #all:not([hidden])+span{display:inline}
.inbox tr{display:grid;grid-template-columns:auto 1fr 1fr;gap:4px 14px;background:var(--card);
border:1px solid var(--line);border-radius:14px;padding:14px 16px;margin-bottom:10px;box-shadow:var(--shadow)}
.inbox thead tr{background:none;border:0;box-shadow:none;padding:0 17px;margin:0 0 8px}
.inbox tr.late{border-color:var(--red)}
.inbox tr.group{display:block;background:none;border:0;box-shadow:none;padding:0 4px;margin:0}
.inbox .group th{background:none;padding:4px 0}
.inbox th,.inbox td{border:0;padding:0;text-align:left!important}
.inbox tbody th{grid-column:2/-1;font-size:1.0625rem}
.inbox .pick{grid-row:1;padding-top:3px}
.inbox td[data-label]:nth-of-type(even){grid-column:2}
.inbox td[data-label]::before{content:attr(data-label);display:block;color:var(--soft);font-size:.8125rem}
.amount{width:100%;max-width:9rem;min-height:44px;text-align:left}}
@media (min-width:22.5em) and (max-width:56.2488em){.inbox tr[data-id]{grid-template-columns:.95fr 1fr 1.2fr}
.inbox tr[data-id] .pick{grid-column:1;justify-self:start;z-index:1}.inbox tbody tr[data-id] th{grid-column:1/-1;
grid-row:1;
padding-left:40px}.inbox tr[data-id] td[data-label]:nth-of-type(n){grid-column:auto}
.inbox td[data-label="Time left"]{order:1}.inbox tr[data-id] td[data-label="Why asked"]:nth-of-type(n){order:2;
grid-column:1/-1}.inbox td[data-label="Why asked"]::before{content:none!important}}
dialog{border:1px solid var(--line);border-radius:14px;background:var(--card);color:var(--ink);padding:22px;
max-width:min(420px,92vw)}
dialog::backdrop{background:rgb(0 0 0/.45)}
@media (max-width:37.4988em){.bulk .small{display:none}.bulk .row{width:100%;display:grid;
grid-template-columns:repeat(auto-fit,minmax(7rem,1fr))}
.bulk button{padding:11px 6px}}
.keys{display:grid;gap:6px}.keys div{display:flex;gap:12px;align-items:baseline}.keys dt{min-width:2rem}
kbd{font:600 .875rem ui-monospace,monospace;border:1px solid var(--field-line);border-radius:6px;padding:1px 7px}
.check{display:flex;gap:10px;align-items:center;font-weight:400}
button:disabled{opacity:.5;cursor:default}
.list{list-style:none;padding:0;display:grid;gap:10px}
.item{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:14px 16px;display:grid;
grid-template-columns:auto 1fr;gap:4px 14px;box-shadow:var(--shadow)}
.item .pick{grid-row:1/span 3;padding-top:3px}
.item h2 a{color:inherit;text-decoration:none}
.item h2 a:hover{text-decoration:underline}
.item.late{border-color:var(--red)}
.filters{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(8.5rem,100%),1fr));gap:10px;align-items:end}
.filters label{min-width:0}
.filters button,.filters .full{grid-column:1/-1}
@media (min-width:37.5em){.filters{display:flex;flex-wrap:wrap}.filters label{flex:1 1 130px}
.filters label:first-of-type{flex-grow:2}.filters button{grid-column:auto}h1{font-size:2.125rem}.card{padding:22px}}
.bulk{background:var(--card);border:1px solid var(--line);border-radius:14px;
padding:12px 16px;display:flex;gap:10px 16px;flex-wrap:wrap;align-items:center;justify-content:space-between;z-index:5}
.empty{text-align:center;padding:36px 18px;justify-items:center}
.narrow{max-width:460px;width:100%;margin:6vh auto 0}
details summary{cursor:pointer;font-weight:600;padding:4px 0}details.card:not([open]){gap:0}
@media (prefers-reduced-motion:no-preference){.flash{animation:flash 1.2s}
@keyframes flash{from{background:var(--blue-soft)}}}
.item.sheet{grid-template-columns:1fr}
td small{display:block}
td small.codes:empty{display:none}
td.n small.error{white-space:normal;overflow-wrap:normal;max-width:11rem;margin-left:auto;font-size:.875rem}
input.units{width:6.5rem;text-align:right;padding:6px 10px;min-height:40px}
.order-answer>*{flex-basis:8rem}
tfoot td{border-bottom:0}
td .linklike{text-align:left}
@media screen and (max-width:37.4375em){.order-lines thead{position:absolute;left:-999px}
.order-lines,.order-lines tbody,.order-lines tfoot{display:block}
.order-lines tr{display:flex;flex-wrap:wrap;gap:2px 12px;padding:10px 0;border-bottom:1px solid var(--line);
align-items:center}.order-lines td{border:0;padding:0}
.order-lines tbody td:first-child{flex-basis:100%;overflow-wrap:anywhere}.order-lines tfoot .n{margin-left:auto}
.order-lines tbody td:nth-child(2){text-align:left;flex-grow:1}.order-lines td small.error{margin:0}
.order-lines td[data-label=Value]{margin-left:auto}
.order-lines:not(.reads) td[data-label]::before{content:attr(data-label);display:block;color:var(--soft);
font-size:.8125rem}
.reads tbody td:nth-child(4){display:none}
.reads td[data-label=Units]:after,.reads .same:after{content:" units";color:var(--soft)}
.reads .same+td{display:none}
.reads .came{flex-basis:100%;display:flex;flex-wrap:wrap;gap:4px 10px;justify-content:flex-end;align-items:center}
.reads .came[data-label]:before{content:attr(data-label);color:var(--soft)}}
@page{margin:14mm 12mm 16mm;@bottom-right{content:counter(page) " / " counter(pages);font:9pt sans-serif}}
@media print{:root{color-scheme:light}
.answer,.bulk,.top,.skip,.notice,.badge,.no-print,.filters,.with-button,.inbox thead,button,.button,details:not([open]),
.card:has(#answer){display:none!important}
.inbox .badge{display:inline!important;padding:0}body{background:#fff;color:#000;font-size:11pt}
main{max-width:none;padding:0}.card{border:0;box-shadow:none;padding:0}.scroll{overflow:visible}
thead{display:table-header-group}tfoot{display:table-row-group}tr,td,li,figure{break-inside:avoid}
h2,h3{break-after:avoid}main,.card,.lines{display:block}main>*,.card>*{margin-top:10px}
input.units,.amount{border:0;padding:0;width:auto;min-height:0}.facts{border:0}a{color:inherit;text-decoration:none}}
.drop{display:grid;gap:2px;justify-items:center;text-align:center;padding:28px 18px;
border:2px dashed var(--field-line);border-radius:14px;background:var(--card);cursor:pointer}
.drop.over{border-color:var(--blue);background:var(--blue-soft)}
.drop input{margin-top:8px;max-width:100%}
#import,#readings{display:grid;gap:14px}
#readings:empty,#said:empty,[hidden]{display:none!important}
.reading .head button{white-space:nowrap;flex:none}
#import label{font-weight:600}#import input{font-weight:400}
#import .check{display:flex;gap:10px;align-items:center}
#import button:disabled{opacity:.5;cursor:default}
.question button{background:var(--card);color:var(--ink);border:1px solid var(--field-line);text-align:left}
.reading .head{display:flex;gap:12px;justify-content:space-between;align-items:baseline}
.reading[data-status=ask]{border-color:var(--amber)}.reading[data-status=refused]{border-color:var(--red)}
.question{border:0;display:grid;gap:8px;justify-items:start;background:var(--amber-soft);border-radius:10px;
padding:12px}
.question legend{float:left;font-weight:600;padding:0}
.scroll{overflow-x:auto}
.rows{border-collapse:collapse;font-size:.875rem;min-width:100%}
.rows th,.rows td{text-align:left;padding:4px 10px 4px 0;border-bottom:1px solid var(--line);white-space:nowrap;
max-width:16rem;overflow:hidden;text-overflow:ellipsis}
.rows th span{display:block}
.rows select{padding:2px 6px;min-width:5.5rem;font:inherit;font-weight:400;max-width:12rem;min-height:28px;
background:var(--field);color:var(--ink);border:1px solid var(--field-line);border-radius:6px}
.fields{display:grid;gap:12px;grid-template-columns:repeat(auto-fit,minmax(min(220px,100%),1fr))}
progress{width:100%;height:14px;accent-color:var(--blue)}
`;
