/**
 * What script adds to pages that work without it. Nothing here submits or clicks anything: a page that only loads
 * decides nothing.
 *
 * Review: keeps the clock running and redraws the chart for the quantity being typed (a GET of the same page).
 * Inbox: fetches the list every few seconds while the page is visible, and keeps ticks and focus where they were.
 * `npm run build:pages` makes files of them.
 */
import { KEYS_HELP } from "./inbox/keys-help.ts";

/**
 * Back and Reload bring what was typed and not sent yet. A browser does that by itself, but not in fields for which it
 * may suggest nothing. What the page itself has in the field meanwhile goes before it. While the browser knows that it
 * is offline, a form is not sent: an error page would take the place of what was typed. Nor before the reader is sure,
 * where a button asks: what it does cannot be taken back.
 */
const KEEP_TYPED = `
{const fields=()=>document.querySelectorAll("main input[autocomplete=off],main textarea");
for(const field of fields()){const [was,value]=history.state?.typed?.[field.name]??[];
if(was===field.defaultValue&&field.value===was){field.value=value;
field.dispatchEvent(new Event("input",{bubbles:true}))}}
document.addEventListener("input",()=>{const typed={};
for(const field of fields())if(field.value!==field.defaultValue)typed[field.name]=[field.defaultValue,field.value];
try{history.replaceState({typed},"")}catch{}});
const said=document.createElement("p");said.className="error";said.setAttribute("role","alert");
document.addEventListener("submit",event=>{const sure=event.submitter?.dataset.sure;
if(sure&&!confirm(sure)){event.preventDefault();return}
if(navigator.onLine||event.target.method==="dialog")return;
event.preventDefault();
(document.querySelector(".answer,.bulk")??event.target).prepend(said);
said.textContent="";setTimeout(()=>{
said.textContent="You are offline: nothing was sent. What you typed stays here; press again once you are back."})});
addEventListener("online",()=>said.remove())}
`;

/**
 * Of a page that answers a form: Back and Reload open an address, `data-here` or its own, instead of asking whether to
 * send the form once more. The second look's comment stays where the ticks are kept, until it is answered or no tick is
 * left.
 */
export const PAGE_SCRIPT = `"use strict";
history.replaceState(history.state,"",
document.getElementById("main").dataset.here||location.href.replace(/\\?$/,""));${KEEP_TYPED}
try{const note=document.querySelector("textarea[data-as]"),kept=JSON.parse(sessionStorage.getItem("inbox")),
keep=comment=>sessionStorage.setItem("inbox",JSON.stringify({...kept,comment}));
if(document.getElementById("answered"))keep();
if(note?.dataset.as===kept.as){note.value=kept.comment||"";note.addEventListener("input",()=>keep(note.value))}
}catch{}`;

const SHARED = `
const unit=(n,w)=>n+" "+w;
function left(ms){if(ms<=0)return"time is up";const m=Math.floor(ms/6e4);if(m<1)return"under a minute left";
if(m<60)return unit(m,"min left");const h=Math.floor(m/60);
if(h<48)return h+" h"+(m%60?" "+unit(m%60,"min"):"")+" left";const d=Math.floor(h/24);
return d+" days"+(h%24?" "+unit(h%24,"h"):"")+" left"}
function tick(){for(const t of document.querySelectorAll("[data-deadline]")){
const text=left(Number(t.dataset.deadline)-Date.now());if(t.textContent!==text)t.textContent=text}
for(const t of document.querySelectorAll("time[data-local]")){const d=new Date(t.dateTime);
if(!isNaN(d))t.title=d.toLocaleString()}}
tick();setInterval(tick,15e3);
`;

/** Reads a number as `readQuantity` does: by the locale's separators. Null when it is none. */
const READ_NUMBER = `
function readNumber(text,decimal,group){
const plain=text.normalize("NFKC").replace(/[\\s_'’]/g,"");if(!/^[\\d.,]+$/.test(plain))return null;
const other=decimal===","?".":",",marks=plain.replace(/\\d/g,"");let digits=null;
const [whole="",fraction=""]=plain.split(decimal),groups=whole.split(other);
const grouped=!fraction.includes(other)&&(groups.length===1||(group===other&&groups[0]!==""&&
/^\\d{3}$/.test(groups.at(-1))&&groups.slice(1,-1).every(part=>/^\\d{2,3}$/.test(part))));
if(marks.split(decimal).length<=2&&grouped)digits=plain.replaceAll(other,"").replace(decimal,".");
else if(marks.length===1)digits=plain.replace(other,".");
return digits!==null&&/^(\\d+\\.?\\d*|\\.\\d+)$/.test(digits)?Number(digits):null}
`;

export const REVIEW_SCRIPT = `"use strict";(()=>{${SHARED}${READ_NUMBER}
const form=document.getElementById("answer"),field=document.querySelector("input[name=quantity]");
if(!form||!field)return;
const {asked,locale,decimal,group,most=Infinity}=form.dataset,show=new Intl.NumberFormat(locale,{
maximumFractionDigits:6,numberingSystem:"latn"});
function follow(){
const bar=document.getElementById("answer-bar"),big=bar.querySelector(".primary"),
readAs=bar.querySelector("[name=read_as]");
const value=field.value.trim(),number=value===""?Number(asked):readNumber(value,decimal,group);
const other=number!==null&&number>0&&number!==Number(asked);
big.disabled=number===null||number>most;
big.value=other?"modify":"approve";readAs.value=other?String(number):"";
big.textContent=other?"Order "+show.format(number):big.dataset.approve}
let timer,last=field.defaultValue,running;
field.addEventListener("input",()=>{follow();clearTimeout(timer);timer=setTimeout(async()=>{
const value=field.value.trim();if(value===last)return;last=value;
if(running)running.abort();running=new AbortController();
const url=new URL(location.href);url.searchParams.set("quantity",value);
try{const answer=await fetch(url,{signal:running.signal,credentials:"same-origin"});if(!answer.ok)return;
const page=new DOMParser().parseFromString(await answer.text(),"text/html");
if(field.value.trim()!==value)return;
for(const id of["charts","quantity-error","cost","answer-bar"]){
const from=page.getElementById(id),to=document.getElementById(id);if(from&&to)to.replaceChildren(...from.childNodes)}
field.setAttribute("aria-invalid",String(Boolean(page.getElementById("quantity-error")?.textContent.trim())));
}catch(error){if(error.name!=="AbortError")last=""}},350)});
follow();
if(field.value!==last)field.dispatchEvent(new Event("input"));
})();`;

/**
 * Ticks and typed quantities stay in this tab until they are answered, whatever comes between: the session's end, the
 * second look's Back, a filter, the next page. They are their reader's alone, and a question that changed meanwhile
 * loses its tick. Of rows that are not in the list now, the last 200 are kept.
 */
const KEEP_TICKS = `
const amount=row=>row.querySelector("input.amount");
function kept(){try{const all=JSON.parse(sessionStorage.getItem("inbox"));
if(all.as===document.getElementById("questions").dataset.as)return all}catch{}return{ticked:[],typed:[]}}
function keep(){const form=document.getElementById("questions");if(!form)return;
const old=kept(),list=rows(),shown=new Set(list.map(row=>row.dataset.id)),
away=entries=>entries.filter(([id])=>!shown.has(id)).slice(-200),
ticked=[...away(old.ticked),...list.filter(row=>box(row).checked).map(row=>[row.dataset.id,box(row).value])],
typed=[...away(old.typed),...list.map(row=>[row.dataset.id,amount(row).defaultValue,amount(row).value])
.filter(([,was,value])=>value!==was)];
try{const {as}=form.dataset,was=JSON.parse(sessionStorage.getItem("inbox")),
comment=ticked.length>0&&was?.as===as?was.comment:undefined;
sessionStorage.setItem("inbox",JSON.stringify({as,ticked,typed,comment}))}catch{}}
function bring(){const {ticked,typed}=kept();
for(const row of rows()){const id=row.dataset.id,field=amount(row);
if(ticked.some(each=>each[0]===id&&each[1]===box(row).value))box(row).checked=true;
for(const [of,was,value] of typed)if(of===id&&field.defaultValue===was)field.value=value}}
`;

/** Keys and ticks work on whatever list is in the page at that moment: refreshing puts a new one in its place. */
const INBOX_KEYS = `
const rows=()=>[...document.querySelectorAll("#questions tr[data-id]")],
box=row=>row.querySelector("input[type=checkbox]");
let current=null;
function mark(row){for(const other of document.querySelectorAll("tr.current"))other.classList.remove("current");
current=row?.dataset.id??null;if(!row)return;row.classList.add("current");box(row).focus({preventScroll:true});
row.scrollIntoView({block:"nearest"})}
const now=()=>rows().find(row=>row.dataset.id===current)??rows().find(row=>row.contains(document.activeElement))??
rows()[0];
function move(by){const all=rows(),at=all.findIndex(row=>row.dataset.id===current);
mark(all[at<0?0:Math.max(0,Math.min(all.length-1,at+by))])}
function send(decision){const form=document.getElementById("questions"),row=now();if(!form||!row)return;
if(!rows().some(each=>box(each).checked)){box(row).checked=true;counted()}
form.requestSubmit(form.querySelector("button[name=decision][value="+decision+"]"))}
function counted(){const all=document.getElementById("all"),form=document.getElementById("questions");
if(!all||!form)return;
const list=rows(),ticked=list.filter(row=>box(row).checked).length;
all.hidden=false;all.checked=ticked>0&&ticked===list.length;all.indeterminate=ticked>0&&ticked<list.length;
document.getElementById("keys-open").hidden=false;
for(const button of form.querySelectorAll(".bulk button[name=decision]")){
const verb=button.value==="reject"?"Reject":"Approve";
button.textContent=ticked===0?verb+" ticked…":verb+" "+ticked+"…"}keep()}
document.getElementById("main").insertAdjacentHTML("beforeend",${JSON.stringify(KEYS_HELP)});
const help=document.getElementById("keys"),on=document.getElementById("keys-on");
try{on.checked=localStorage.getItem("keys")!=="off"}catch{}
on.addEventListener("change",()=>{try{localStorage.setItem("keys",on.checked?"on":"off")}catch{}});
document.addEventListener("change",event=>{
if(event.target.id==="all")for(const row of rows())box(row).checked=event.target.checked;counted()});
document.addEventListener("input",event=>{
const row=event.target.matches("input.amount")?event.target.closest("tr[data-id]"):null;if(row){box(row).checked=true;
counted()}});
document.addEventListener("click",event=>{if(event.target.id==="keys-open")help.showModal()});
document.addEventListener("keydown",event=>{
if(event.ctrlKey||event.metaKey||event.altKey||help.open)return;
const typing=event.target.matches("textarea,select,input:not([type=checkbox])");
if(typing){if(event.key==="Escape"){const row=event.target.closest("tr[data-id]");if(row)mark(row)}return}
if(event.key==="?"){event.preventDefault();help.showModal();return}
if(!on.checked)return;
const keys={j:()=>move(1),k:()=>move(-1),x:()=>{const row=now();if(row){const tick=box(row);tick.checked=!tick.checked;
mark(row);counted()}},
e:()=>now()?.querySelector("input.amount").select(),a:()=>send("approve"),r:()=>send("reject"),
o:()=>now()?.querySelector("a").click()};
if(keys[event.key]){event.preventDefault();keys[event.key]()}});
document.addEventListener("focusin",event=>{const row=event.target.closest?.("tr[data-id]");
if(row&&row.dataset.id!==current){
for(const other of document.querySelectorAll("tr.current"))other.classList.remove("current");current=row.dataset.id;
row.classList.add("current")}});
bring();counted();
`;

export const INBOX_SCRIPT = `"use strict";(()=>{${SHARED}${KEEP_TICKS}${INBOX_KEYS}${KEEP_TYPED}
const EVERY=4000;let busy=false;
async function refresh(){
if(busy||document.visibilityState!=="visible")return;
const old=document.getElementById("live");if(!old)return;busy=true;
try{const answer=await fetch(location.href,{credentials:"same-origin",headers:{"X-Refresh":"1"}});
if(answer.redirected||answer.status===401){location.reload();return}
if(!answer.ok)throw new Error(String(answer.status));
const page=new DOMParser().parseFromString(await answer.text(),"text/html"),fresh=page.getElementById("live");
if(fresh&&fresh.dataset.version!==old.dataset.version){
const ticked=new Set([...old.querySelectorAll("input:checked")].map(tick=>tick.value)),
known=new Set([...old.querySelectorAll("[data-id]")].map(row=>row.dataset.id)),focus=document.activeElement?.id;
const typed=new Map([...old.querySelectorAll("input.amount")].filter(field=>field.value!==field.defaultValue)
.map(field=>[field.id,field]));
for(const tick of fresh.querySelectorAll("input[type=checkbox]"))tick.checked=ticked.has(tick.value);
for(const field of fresh.querySelectorAll("input.amount")){const was=typed.get(field.id);
if(was&&was.defaultValue===field.defaultValue)field.value=was.value}
for(const row of fresh.querySelectorAll("[data-id]"))if(!known.has(row.dataset.id))row.classList.add("flash");
old.replaceWith(document.adoptNode(fresh));
if(current)document.querySelector("tr[data-id='"+CSS.escape(current)+"']")?.classList.add("current");
if(focus)document.getElementById(focus)?.focus({preventScroll:true});
const said=document.getElementById("said");if(said)said.textContent=fresh.dataset.summary||"";
const top=page.title;if(top)document.title=top;tick();counted()}
document.getElementById("offline")?.setAttribute("hidden","");
}catch{document.getElementById("offline")?.removeAttribute("hidden")}finally{busy=false}}
setInterval(refresh,EVERY);document.addEventListener("visibilitychange",refresh);
})();`;
