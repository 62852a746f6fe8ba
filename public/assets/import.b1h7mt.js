"use strict";(()=>{function C(e,t){return`${q(e)} ${e===1?t:`${t}s`}`}function q(e){let[t,n]=String(Math.abs(e)).split("."),o=(t??"").replaceAll(/\B(?=(?:\d{3})+$)/gu,",");return`${e<0?"-":""}${o}${n===void 0?"":`.${n}`}`}function T(e,t){let n=e;for(let[,o,r,l]of t.matchAll(/--([a-z-]+) (?:"([^"]*)"|(\S+))/gu))n={...n,...R(o??"",r??l??"")};return n}function R(e,t){switch(e){case"item-column":return{itemColumn:t};case"date-column":return{dateColumn:t};case"units-column":return{unitsColumn:t};case"store-column":return{storeColumn:t};case"period":return{period:t};case"date-order":return{dateOrder:t};case"decimal-mark":return{decimalMark:t};case"kind":return{kind:t};case"complete-through":return{completeThrough:t};case"sheet":return{sheet:t};default:return{}}}var x=`
<label class="drop" id="drop" for="files">
  <strong>Drop files here</strong>
  <span>or choose them</span>
  <input id="files" type="file" multiple accept=".csv,.tsv,.txt,.xlsx">
</label>
<div id="readings"></div>
<section class="card" id="confirm" hidden>
  <h2>Load</h2>
  <div class="fields">
    <label for="store">
      Store of files that name none
      <input id="store" name="store" placeholder="main" autocomplete="off" aria-describedby="store-rule">
      <span class="small soft" id="store-rule">
        Its id. Empty: main.
      </span>
    </label>
    <label for="through">
      Sales are complete up to
      <input id="through" name="through" type="date" aria-describedby="through-rule">
      <span class="small soft" id="through-rule">
        Empty: the last day of the file.
      </span>
    </label>
  </div>
  <label class="check" for="replace">
    <input id="replace" type="checkbox"> Drop sales that are stored by another period
  </label>
  <p class="soft" id="why"></p>
  <button class="primary" type="button" id="load" disabled>
    Load
  </button>
</section>
<div id="progress" hidden>
  <progress id="bar" max="1" value="0" aria-label="Rows loaded"></progress>
</div>
<p id="said" role="status"></p>
<section class="card" id="done" hidden></section>
<section class="card" id="last" hidden>
  <p id="last-text"></p>
  <p class="soft">
    Taking it back removes the sales of these items on these days, also what was stored there before. Settings
    and counts stay.
  </p>
  <button class="plain" type="button" id="undo">
    Take it back
  </button>
</section>
`;var A=[["item-column","item","Item"],["date-column","date","Date"],["units-column","units","Units"],["store-column","store","Store"]];function H(e,t){return e.flatMap(n=>n.shown===null?[O(n,t,[s("p","soft","Reading …")],{title:""})]:n.shown.map(o=>U(n,o,t)))}function U(e,{reading:t,lines:n,sample:o},r){let{sheet:l}=t,[,...i]=n,c=i.filter(d=>!/^ {2}Question:| {4}--/u.test(d)).map(d=>s("p",d.includes("Refused:")?"error":"",K(d.trim()))),u=t.questions.map(d=>{let m=s("fieldset","question");m.append(s("legend","",d.text));for(let{flag:f,means:v}of d.choices){let w=s("button","",v);w.type="button",w.title=f,w.addEventListener("click",()=>r(e.id,l,{kind:"flag",flag:f})),m.append(w)}return m}),g=[...c,...u,j(e.id,t,o,r)];return O(e,r,g,{title:n[0]??"",status:t.status,sheet:l})}function K(e){return e.replace(/\b(n)ame (them|their column|the columns)\b[^.]*--[^.]*\./iu,(t,n,o)=>`${n==="N"?"Choose":"choose"} ${o} below.`)}function O(e,t,n,{title:o,status:r="",sheet:l=null}){let i=s("section","card reading");r!==""&&(i.dataset.status=r);let c=s("div","head");c.append(s("h2","",o===""?e.name:o));let u=s("button","linklike","Remove");return u.type="button",u.setAttribute("aria-label",`Remove ${e.name}${l===null?"":`, sheet ${l}`}`),u.addEventListener("click",()=>t(e.id,l,{kind:"remove"})),c.append(u),i.append(c,...n),i}function j(e,{columns:t,file:n,sheet:o},r,l){let i=s("div","scroll");if(t.length===0)return i;let c=t.slice(0,12),u=s("table","rows"),g=s("tr","");for(let m of c){let f=s("th","");f.setAttribute("scope","col"),f.append(s("span","",m.header||`column ${m.column}`),J(e,o,m,l)),g.append(f)}let d=r.slice(0,6).map(({cells:m})=>{let f=s("tr","");return f.append(...c.map(({column:v})=>s("td","",m[v-1]??""))),f});return u.append(g,...d),i.append(u),i.tabIndex=0,i.setAttribute("role","region"),i.setAttribute("aria-label",`First rows of ${n}${o===null?"":`, sheet ${o}`}, file ${e}`),i}function B(e){return e.charAt(0).toUpperCase()+e.slice(1).replaceAll("_"," ")}function J(e,t,n,o){let r=s("select","");r.setAttribute("aria-label",`Role of ${n.header||`column ${n.column}`}`),r.title=n.why;let l=A.some(([,c])=>c===n.role),i=s("option","",l?"Not used":B(n.role));i.value="",i.disabled=l,r.append(i);for(let[c,u,g]of A){let d=s("option","",g);d.value=c,d.selected=u===n.role,r.append(d)}return r.addEventListener("change",()=>{r.value!==""&&o(e,t,{kind:"choice",name:r.value,value:String(n.column)})}),r}function s(e,t,n){let o=document.createElement(e);return t!==""&&(o.className=t),n!==void 0&&(o.textContent=n),o}var k="stockwarden-last-import",M=a("import");M.insertAdjacentHTML("beforeend",x);var N=new Worker(M.dataset.worker??""),W=M.dataset.csrf??"",h=new Map,Q=1,p=!1;N.addEventListener("message",({data:e})=>Y(e));var S=a("files");S.addEventListener("change",()=>{F(S.files),S.value=""});var b=a("drop");for(let e of["dragenter","dragover"])b.addEventListener(e,t=>{t.preventDefault(),b.classList.add("over")});for(let e of["dragleave","drop"])b.addEventListener(e,()=>b.classList.remove("over"));b.addEventListener("drop",e=>{e.preventDefault(),F(e.dataTransfer?.files??null)});a("load").addEventListener("click",()=>{p=!0,$("Loading …"),L({kind:"load",settings:{store:I("store"),completeThrough:I("through"),replace:a("replace").checked,today:_(),csrf:W}}),y()});a("undo").addEventListener("click",()=>{let e=P();e===null||p||(p=!0,$("Taking back …"),L({kind:"undo",loaded:e,csrf:W}),y())});y();function F(e){for(let t of e??[]){let n=Q++;h.set(n,{file:t,choices:new Map,without:new Set,shown:null}),E(n)}y()}function E(e){let t=h.get(e);if(t===void 0)return;let{file:n,choices:o,without:r}=t;t.shown=null,L({kind:"read",id:e,file:n,choices:o,without:r,today:_()})}function Y(e){if(e.kind==="readings"){let t=h.get(e.id);t!==void 0&&(t.shown=e.shown)}else if(e.kind==="progress"){let t=a("bar");t.max=e.total,t.value=e.done,$(`${e.done.toLocaleString()} of ${e.total.toLocaleString()} rows`)}else e.kind==="loaded"?(p=!1,X(e.loaded),h.clear(),D(e.lines)):e.kind==="undone"?(p=!1,localStorage.removeItem(k),D([e.text])):(p=!1,$(e.text),a("said").classList.add("error"));y()}function z(e,t,n){let o=h.get(e);if(!(o===void 0||p)){if(n.kind==="remove"&&t!==null&&(o.shown??[]).length>1)o.without.add(t),E(e);else if(n.kind==="remove")h.delete(e),L({kind:"forget",id:e});else{let r=o.choices.get(t??"")??{},l=n.kind==="flag"?T(r,n.flag):{...r,...R(n.name,n.value)};o.choices.set(t??"",l),E(e)}y()}}function y(){let e=[...h].map(([r,{file:l,shown:i}])=>({id:r,name:l.name,shown:i}));a("readings").replaceChildren(...H(e,z));let t=e.flatMap(({shown:r})=>r??[]).map(({reading:r})=>r),n=e.length>0&&e.every(({shown:r})=>r!==null)&&t.every(({status:r})=>r==="read");a("confirm").hidden=e.length===0,a("load").disabled=!n||p,a("why").textContent=n||e.length===0?"":G(t.map(({status:r})=>r)),a("progress").hidden=!p;let o=P();a("last").hidden=o===null,o!==null&&(a("last-text").textContent=`The last import from this browser: sales of ${C(o.items.length,"item")}, ${o.from} to ${o.to}, loaded ${new Date(o.at).toLocaleString()}.`)}function G(e){return e.includes("refused")?"Take out what was refused, or choose its columns.":e.includes("ask")?"Answer the questions first.":"Reading …"}function D(e){a("said").classList.remove("error"),$("");let t=a("done");t.hidden=!1,t.replaceChildren(...e.filter(n=>!n.startsWith("Look: ")).map(n=>Z(n)),V())}function V(){let e=document.createElement("p");e.className="row";for(let[t,n]of[["/orders","What to order"],["/inbox","What waits for an answer"]]){let o=document.createElement("a");o.href=t,o.textContent=n,e.append(o)}return e}function X(e){try{e===null?localStorage.removeItem(k):localStorage.setItem(k,JSON.stringify(e))}catch{}}function P(){try{return JSON.parse(localStorage.getItem(k)??"null")}catch{return null}}function $(e){a("said").textContent=e}function I(e){let t=a(e).value.trim();return t===""?null:t}function _(){let e=new Date;return[e.getFullYear(),e.getMonth()+1,e.getDate()].map(t=>String(t).padStart(2,"0")).join("-")}function Z(e){let t=document.createElement("p");return t.textContent=e,t}function L(e){N.postMessage(e)}function a(e){let t=document.getElementById(e);if(t===null)throw new Error(`the page lacks #${e}`);return t}})();
