// Takes the newest numbers now and then. Without it, the page is as it was when it was opened.
"use strict";
const PAUSE = 15000;
const live = document.getElementById("live");

async function refresh() {
  // Who types, or has opened what a backend said, is not disturbed.
  const isBusy = document.hidden || live.contains(document.activeElement) || live.querySelector("details[open]");
  if (!isBusy) {
    try {
      // With the whole origin: a page that was opened as `name:password@host` has no other addresses.
      const answer = await fetch(location.origin + location.pathname + location.search);
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
