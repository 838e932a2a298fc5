// Keeps the sandbox's page up to date and sends what its buttons ask for.
"use strict";

const PERIOD_MILLIS = 2000;
const notice = document.getElementById("notice");

async function refresh() {
  const answer = await fetch("/", { cache: "no-store" });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const section of fresh.querySelectorAll("main > section")) {
    const shown = document.getElementById(section.id);
    const open = new Set([...shown.querySelectorAll("details[open]")].map((d) => d.dataset.key));
    for (const details of section.querySelectorAll("details")) {
      details.open = open.has(details.dataset.key);
    }
    // A section that did not change stays, and with it focus and selection.
    if (shown.outerHTML !== section.outerHTML) {
      const pressed = shown.contains(document.activeElement) ? document.activeElement.textContent : null;
      shown.replaceWith(document.adoptNode(section));
      const same = [...section.querySelectorAll("button")].find((b) => b.textContent === pressed);
      same?.focus();
    }
  }
}

async function send(button) {
  const [method, path] = button.dataset.send.split(" ");
  const headers = { "X-Sandbox": "1", "Content-Type": "application/json" };
  const answer = await fetch(path, { method, headers, body: button.dataset.body });
  const done = `${button.textContent}: done.`;
  notice.textContent = answer.ok ? done : `${button.textContent}: refused (${answer.status}).`;
  await refresh();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-send]");
  if (button) {
    send(button).catch(() => { notice.textContent = "The sandbox does not answer. Is it running?"; });
  }
});

setInterval(() => {
  if (!document.hidden) {
    refresh().catch(() => { notice.textContent = "The sandbox does not answer. Is it running?"; });
  }
}, PERIOD_MILLIS);
