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

function readNumber(text,decimal,group){
const plain=text.normalize("NFKC").replace(/[\s_'’]/g,"");if(!/^[\d.,]+$/.test(plain))return null;
const other=decimal===","?".":",",marks=plain.replace(/\d/g,"");let digits=null;
const [whole="",fraction=""]=plain.split(decimal),groups=whole.split(other);
const grouped=!fraction.includes(other)&&(groups.length===1||(group===other&&groups[0]!==""&&
/^\d{3}$/.test(groups.at(-1))&&groups.slice(1,-1).every(part=>/^\d{2,3}$/.test(part))));
if(marks.split(decimal).length<=2&&grouped)digits=plain.replaceAll(other,"").replace(decimal,".");
else if(marks.length===1)digits=plain.replace(other,".");
return digits!==null&&/^(\d+\.?\d*|\.\d+)$/.test(digits)?Number(digits):null}

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
})();