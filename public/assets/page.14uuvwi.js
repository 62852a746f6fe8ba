"use strict";
history.replaceState(history.state,"",
document.getElementById("main").dataset.here||location.href.replace(/\?$/,""));
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

try{const note=document.querySelector("textarea[data-as]"),kept=JSON.parse(sessionStorage.getItem("inbox")),
keep=comment=>sessionStorage.setItem("inbox",JSON.stringify({...kept,comment}));
if(document.getElementById("answered"))keep();
if(note?.dataset.as===kept.as){note.value=kept.comment||"";note.addEventListener("input",()=>keep(note.value))}
}catch{}