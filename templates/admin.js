// Takes the newest numbers now and then. Without it, the page is as it was when it was opened.
"use strict";
const PAUSE = 15000;
const live = document.getElementById("live");

async function refresh() {
  // Who types, or has opened what a backend said, is not disturbed.
  const isBusy = document.hidden || live.contains(document.activeElement) || live.querySelector("details[open]");
  if (!isBusy) {
    try {
      const answer = await fetch(location.pathname + location.search, { credentials: "same-origin" });
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        live.replaceChildren(...page.getElementById("live").childNodes);
      }
      live.classList.toggle("stale", !answer.ok);
    } catch {
      live.classList.add("stale");
    }
  }
  setTimeout(refresh, PAUSE);
}
setTimeout(refresh, PAUSE);
