/**
 * What script adds to pages that work without it. Nothing here submits or clicks anything: a page that only loads
 * decides nothing.
 *
 * Review: keeps the clock running and redraws the chart for the quantity being typed (a GET of the same page).
 * Inbox: fetches the list every few seconds while the page is visible, and keeps ticks and focus where they were.
 */
const SHARED = `
const unit=(n,w)=>n+" "+w;
function left(ms){if(ms<=0)return"time is up";const m=Math.floor(ms/6e4);if(m<1)return"under a minute left";if(m<60)return unit(m,"min left");const h=Math.floor(m/60);if(h<48)return h+" h"+(m%60?" "+unit(m%60,"min"):"")+" left";const d=Math.floor(h/24);return d+" days"+(h%24?" "+unit(h%24,"h"):"")+" left"}
function tick(){for(const t of document.querySelectorAll("[data-deadline]")){const text=left(Number(t.dataset.deadline)-Date.now());if(t.textContent!==text)t.textContent=text}
for(const t of document.querySelectorAll("time[data-local]")){const d=new Date(t.dateTime);if(!isNaN(d))t.title=d.toLocaleString()}}
tick();setInterval(tick,15e3);
`;

export const REVIEW_SCRIPT = `"use strict";(()=>{${SHARED}
const field=document.querySelector("input[name=quantity]"),charts=document.getElementById("charts");
if(!field||!charts)return;
let timer,last=field.value,running;
field.addEventListener("input",()=>{clearTimeout(timer);timer=setTimeout(async()=>{
const value=field.value.trim();if(value===last)return;last=value;
if(running)running.abort();running=new AbortController();
const url=new URL(location.href);url.searchParams.set("quantity",value);
try{const answer=await fetch(url,{signal:running.signal,credentials:"same-origin"});if(!answer.ok)return;
const page=new DOMParser().parseFromString(await answer.text(),"text/html");
for(const id of["charts","quantity-error"]){const from=page.getElementById(id),to=document.getElementById(id);if(from&&to)to.replaceChildren(...from.childNodes)}
field.setAttribute("aria-invalid",String(Boolean(page.getElementById("quantity-error")?.textContent.trim())));
}catch(error){if(error.name!=="AbortError")last=""}},350)});
})();`;

export const INBOX_SCRIPT = `"use strict";(()=>{${SHARED}
const EVERY=4000;let busy=false;
async function refresh(){
if(busy||document.visibilityState!=="visible")return;
const old=document.getElementById("live");if(!old)return;busy=true;
try{const answer=await fetch(location.href,{credentials:"same-origin",headers:{"X-Refresh":"1"}});
if(answer.redirected||answer.status===401){location.reload();return}
if(!answer.ok)throw new Error(String(answer.status));
const page=new DOMParser().parseFromString(await answer.text(),"text/html"),fresh=page.getElementById("live");
if(fresh&&fresh.dataset.version!==old.dataset.version){
const ticked=new Set([...old.querySelectorAll("input:checked")].map(box=>box.value)),known=new Set([...old.querySelectorAll("[data-id]")].map(row=>row.dataset.id)),focus=document.activeElement?.id;
for(const box of fresh.querySelectorAll("input[type=checkbox]"))box.checked=ticked.has(box.value);
for(const row of fresh.querySelectorAll("[data-id]"))if(!known.has(row.dataset.id))row.classList.add("flash");
old.replaceWith(document.adoptNode(fresh));
if(focus)document.getElementById(focus)?.focus({preventScroll:true});
const said=document.getElementById("said");if(said)said.textContent=fresh.dataset.summary||"";
const top=page.title;if(top)document.title=top;tick()}
document.getElementById("offline")?.setAttribute("hidden","");
}catch{document.getElementById("offline")?.removeAttribute("hidden")}finally{busy=false}}
setInterval(refresh,EVERY);document.addEventListener("visibilitychange",refresh);
})();`;
