// The page's own script. Everything here also works without it, a little less smoothly.
import { act, failed, pictureCame, showLast } from "./acts.js";
import { openDialogs } from "./dialogs.js";
import { personFields, verbField } from "./listbox.js";
import { listen, refreshTop } from "./stream.js";

const body = document.body;
const main = document.querySelector("#main");

// Every form of ours is sent in the background, and its answer put where it belongs.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const where = new URL(form.action, location.href).pathname;
  if (["/say", "/press", "/submit"].includes(where)) {
    event.preventDefault();
    act(form, event.submitter);
  } else if (where === "/demo/clock") {
    event.preventDefault();
    moveClock(form, event.submitter);
  }
});

// The clock says that time passes until the page has the new time. It is not marked as busy:
// what is busy is not read out.
async function moveClock(form, button) {
  const word = form.querySelector(".moving");
  if (word.textContent) return;
  const fields = new URLSearchParams(new FormData(form));
  fields.set(button.name, button.value);
  word.textContent = form.dataset.moving;
  form.querySelector("details").open = false;
  try {
    const headers = { Accept: "application/json" };
    const answer = await fetch(form.action, { method: "POST", body: fields, headers });
    if (!answer.ok) throw new Error(String(answer.status));
    await refreshTop();
  } catch {
    word.textContent = "";
    failed(form);
  }
}

// The menu of narrow screens.
const menu = document.querySelector("#menu");
const opener = document.querySelector("[data-open-menu]");

// Who presses before this script has come follows the link, and the address opens the menu.
const byAddress = () => location.hash === "#menu";
const isMenuOpen = () => menu.classList.contains("open") || byAddress();

function showMenu(open) {
  menu.classList.toggle("open", open);
  if (byAddress()) {
    location.replace("#");
    history.replaceState(null, "", location.pathname);
  }
  (open ? menu.querySelector("[data-close-menu]") : opener).focus();
}

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-open-menu], [data-close-menu], [data-older]");
  if (!target) {
    if (isMenuOpen() && !menu.contains(event.target)) showMenu(false);
    return;
  }
  event.preventDefault();
  if (target.matches("[data-older]")) older(target);
  else showMenu(target.matches("[data-open-menu]"));
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && isMenuOpen()) showMenu(false);
});

async function older(link) {
  const html = await (await fetch(link.href)).text();
  const posts = document.querySelector("#posts");
  const before = main.scrollHeight;
  posts.insertAdjacentHTML("afterbegin", html);
  main.scrollTop += main.scrollHeight - before;
  const first = posts.querySelector("[data-post]");
  const address = new URL(link.href);
  if (!html.trim()) link.parentElement.remove();
  else {
    address.searchParams.set("before", first.dataset.post);
    link.href = address;
  }
}

verbField(document.querySelector("[data-verbs]"));
personFields(document);
openDialogs();
if (body.dataset.conversation) {
  showLast();
  // Pictures load late, and their loading does not bubble.
  document.addEventListener("load", pictureCame, true);
}
listen();
if (body.dataset.conversation && matchMedia("(min-width: 761px)").matches) {
  document.querySelector("#line").focus({ preventScroll: true });
}
