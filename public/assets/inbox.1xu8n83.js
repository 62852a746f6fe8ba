"use strict";(()=>{
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
document.getElementById("main").insertAdjacentHTML("beforeend","<dialog id=\"keys\" aria-labelledby=\"keys-title\"><form method=\"dialog\"><h2 id=\"keys-title\">Keys</h2><dl class=\"keys\"><div><dt><kbd>j</kbd></dt><dd>next question</dd></div><div><dt><kbd>k</kbd></dt><dd>question before</dd></div><div><dt><kbd>x</kbd></dt><dd>tick it</dd></div><div><dt><kbd>e</kbd></dt><dd>change its quantity</dd></div><div><dt><kbd>a</kbd></dt><dd>approve what is ticked, or this one</dd></div><div><dt><kbd>r</kbd></dt><dd>reject what is ticked, or this one</dd></div><div><dt><kbd>o</kbd></dt><dd>open it</dd></div><div><dt><kbd>?</kbd></dt><dd>this list</dd></div></dl><p class=\"small soft\">You always see once more what you answer, and Enter confirms it.</p><label class=\"check\"><input type=\"checkbox\" id=\"keys-on\" checked /> Use these keys in this browser</label><button class=\"plain\" type=\"submit\">Close</button></form></dialog>");
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
})();