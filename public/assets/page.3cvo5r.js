"use strict";
history.replaceState(history.state,"",document.getElementById("main").dataset.here||location.href);