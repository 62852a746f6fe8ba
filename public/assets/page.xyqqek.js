"use strict";
history.replaceState(history.state,"",document.getElementById("main").dataset.here||location.href);
{const fields=()=>document.querySelectorAll("main input[autocomplete=off],main textarea");
for(const field of fields()){const [was,value]=history.state?.typed?.[field.name]??[];
if(was===field.defaultValue&&field.value===was){field.value=value;
field.dispatchEvent(new Event("input",{bubbles:true}))}}
document.addEventListener("input",()=>{const typed={};
for(const field of fields())if(field.value!==field.defaultValue)typed[field.name]=[field.defaultValue,field.value];
try{history.replaceState({typed},"")}catch{}})}
