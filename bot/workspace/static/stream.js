// New posts as they come: shown here, or counted in the menu; and posts that have changed.
import { addPost, replace, speak } from "./acts.js";

const body = document.body;

export function listen() {
  const source = new EventSource(`/events?after=${body.dataset.newest}&change=${body.dataset.change}`);
  source.addEventListener("post", (event) => arrived(JSON.parse(event.data)));
  source.addEventListener("change", (event) => replace(JSON.parse(event.data)));
  source.addEventListener("clock", refreshTop);
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}

function arrived(post) {
  count(post.unread);
  const isHere = body.dataset.conversation && post.channel === body.dataset.channel;
  if (!isHere) return;
  if (addPost(post.id, post.html)) speak(post.spoken);
  if (!document.hidden) seen(post);
  else addEventListener("visibilitychange", () => seen(post), { once: true });
}

async function seen(post) {
  const fields = new URLSearchParams({ channel: post.channel, post: String(post.id) });
  await fetch("/read", { method: "POST", body: fields });
}

function count(unread) {
  let total = 0;
  for (const link of document.querySelectorAll("[data-room]")) {
    const isHere = body.dataset.conversation && link.dataset.room === body.dataset.channel;
    const number = isHere && !document.hidden ? 0 : (unread[link.dataset.room] ?? 0);
    total += number;
    link.querySelector("[data-count]").textContent = number;
    link.querySelector(".count").hidden = number === 0;
  }
  const sum = document.querySelector("[data-total]");
  sum.textContent = total;
  sum.hidden = total === 0;
}

// The clock was moved: the heading, the menu and, on a page that is no conversation, its cards.
export async function refreshTop() {
  const page = await (await fetch(location.pathname)).text();
  const fresh = new DOMParser().parseFromString(page, "text/html");
  const step = document.activeElement?.closest(".clock button")?.value;
  const parts = body.dataset.conversation ? [".top", ".sidebar ul"] : [".top", ".sidebar ul", "#posts"];
  for (const part of parts) {
    const now = document.querySelector(part);
    const then = fresh.querySelector(part);
    if (now && then) now.innerHTML = then.innerHTML;
  }
  if (step) document.querySelector(`.clock [value="${step}"]`)?.focus();
}
