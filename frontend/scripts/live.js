// What others change arrives by itself. The server names a topic and an id, never contents; this becomes the events
// `live:lead` and `live:lead:ID` on the body, and an element asks anew: hx-trigger="live:lead:{{ lead.pk }} from:body".
// `live:reload` says that something may have been missed, after a lost connection.
const longest = 60000;
let source;
let pause = 1000;

function pass(event) {
  const { topic, id } = JSON.parse(event.data);
  if (topic === "signed-out") location.reload();
  const names = id ? [`live:${topic}`, `live:${topic}:${id}`] : [`live:${topic}`];
  for (const name of names) document.body.dispatchEvent(new CustomEvent(name, { detail: { topic, id } }));
}

function open(address) {
  source = new EventSource(address, { withCredentials: true });
  source.onmessage = pass;
  source.onopen = () => (pause = 1000);
  source.onerror = () => {
    if (source.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    setTimeout(() => document.hidden || open(address), pause);
    pause = Math.min(pause * 2, longest);
  };
}

const address = document.querySelector('meta[name="konveyer-live"]')?.content;
if (address) {
  open(address);
  // a screen that nobody sees needs no stream; seen again, it asks for what it missed
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return source.close();
    if (source.readyState === EventSource.CLOSED) {
      open(address);
      document.body.dispatchEvent(new CustomEvent("live:reload", { detail: { topic: "reload", id: "" } }));
    }
  });
}
