// News from the server: one stream a page. "lead 7 has changed" becomes the events live:lead and live:lead:7 on <body>, so a
// part of a screen asks anew by hx-trigger="live:lead from:body throttle:2s". No data travel here.
import { text } from "./texts.js";
import { toast } from "./toasts.js";

const gather = 300;
const waiting = new Set();
let timer = 0;
let lost = false;

// Many changes at once are told once, and to a page that nobody sees only when it is seen again.
function tell() {
  clearTimeout(timer);
  if (document.hidden) return;
  for (const name of waiting) document.body.dispatchEvent(new CustomEvent(name));
  waiting.clear();
}

function hear({ topic, id }) {
  if (topic === "signed-out") {
    toast({ text: text("signedOut"), kind: "bad", action: text("signIn"), act: () => location.reload(), last: 600000 });
    return;
  }
  waiting.add(`live:${topic}`);
  waiting.add(`live:${topic}:${id}`);
  clearTimeout(timer);
  timer = setTimeout(tell, gather);
}

function listen(address) {
  const stream = new EventSource(address, { withCredentials: true });
  stream.addEventListener("message", (event) => hear(JSON.parse(event.data)));
  stream.addEventListener("error", () => (lost = true));
  // what was announced while the stream was away is unknown: every part asks anew
  stream.addEventListener("open", () => {
    if (lost) document.body.dispatchEvent(new CustomEvent("live:again"));
    lost = false;
  });
  addEventListener("pagehide", () => stream.close());
}

addEventListener("pageshow", (event) => event.persisted && location.reload());
document.addEventListener("visibilitychange", tell);
const address = document.getElementById("app")?.dataset.live;
if (address) listen(address);
