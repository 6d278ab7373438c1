// Sending a line, a button or a form, and showing what came of it.
import { asked, closeDialog, openForm, showErrors, wasFilled } from "./dialogs.js";

const body = document.body;

export async function act(form, button) {
  if (form.getAttribute("aria-busy")) return;
  const isForm = form.closest("dialog") !== null;
  if (isForm && !wasFilled(form)) return;
  if (button?.dataset.confirmTitle && !(await asked(button))) return;
  const from = form.contains(document.activeElement) ? document.activeElement : button;
  const fields = new URLSearchParams(new FormData(form));
  if (button?.name) fields.set(button.name, button.value);
  const before = form.querySelector("[data-before]");
  if (before && button?.name !== "line") fields.set("line", before.dataset.before + before.value);
  await busy(form, button, async () => show(form, { button, from }, await sent(form, fields)));
}

async function busy(form, button, work) {
  form.setAttribute("aria-busy", "true");
  button?.setAttribute("aria-busy", "true");
  try {
    await work();
  } catch {
    failed(form);
  } finally {
    form.removeAttribute("aria-busy");
    button?.removeAttribute("aria-busy");
  }
}

async function sent(form, fields) {
  const answer = await fetch(form.action, {
    method: "POST",
    body: fields,
    headers: { Accept: "application/json" },
  });
  if (answer.status === 401) location.assign("/sign-in");
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

export function failed(form) {
  const place = form.querySelector(".form-error");
  if (place) {
    place.textContent = body.dataset.failed;
    place.hidden = false;
    return;
  }
  const card = document.createElement("p");
  card.className = "card";
  card.textContent = body.dataset.failed;
  showNotice(card.outerHTML);
}

function show(form, { button, from }, answer) {
  renew(form, button, answer);
  hideNotice();
  stillWaits(answer.waiting);
  if (Object.keys(answer.errors).length) return showErrors(form, answer.errors);
  if (answer.notice) {
    showNotice(answer.notice);
    const line = form.querySelector("input[name=line]");
    if (line && answer.typed) {
      line.value = answer.typed;
      line.focus();
    }
    return speak(answer.spoken);
  }
  const card = button?.closest(".card");
  closeDialog(form.closest("dialog"));
  clear(form);
  if (answer.form) return openForm(answer.form, from);
  if (answer.swapped && card) return swap(card, answer.swapped, answer.spoken);
  if (answer.url !== location.pathname) return location.assign(answer.url);
  if (answer.replaced) replace(answer.replaced, true);
  answer.posts.forEach((post) => addPost(post.id, post.html));
  speak(answer.spoken);
}

// The next act is another one, so it gets another key.
function renew(form, button, answer) {
  for (const field of form.querySelectorAll("input[name=event]")) field.value = answer.event;
  if (!button || button.name !== "seal") return;
  let turn = form.querySelector("input[name=turn]");
  if (!turn) {
    turn = document.createElement("input");
    turn.type = "hidden";
    turn.name = "turn";
    form.append(turn);
  }
  turn.value = answer.event.slice(0, 12);
}

// What waits for the member, counted beside Home: a report or an answer makes it one less.
function stillWaits(number) {
  const count = document.querySelector("[data-waits] .count");
  count.querySelector("[data-count]").textContent = number;
  count.hidden = number === 0;
}

function clear(form) {
  const line = form.querySelector("input[name=line]");
  if (line) line.value = "";
}

function swap(card, html, spoken) {
  const place = document.createElement("div");
  place.innerHTML = html;
  const fresh = place.firstElementChild;
  card.replaceWith(fresh);
  focusIn(fresh);
  speak(spoken);
}

// What was pressed is gone: the keyboard goes on in what took its place. Where a post changes by
// itself, who is elsewhere stays there.
export function replace(post, wasPressed = false) {
  const old = document.querySelector(`#post-${post.id}`);
  if (!old) return;
  const moves = wasPressed || old.contains(document.activeElement);
  old.outerHTML = post.html;
  if (moves) focusIn(document.querySelector(`#post-${post.id} .card`));
}

// What was pressed is gone: the keyboard goes on in what took its place.
function focusIn(card) {
  card.tabIndex = -1;
  card.focus({ preventScroll: true });
}

export function addPost(id, html) {
  if (document.querySelector(`#post-${id}`)) return false;
  document.querySelector(".asks[data-empty]")?.remove();
  document.querySelector("#posts").insertAdjacentHTML("beforeend", html);
  const fresh = document.querySelector(`#post-${id}`);
  fresh.classList.add("fresh");
  showLast();
  return true;
}

let left = 0;

// The last post is shown: whole if it can be, else from its beginning.
export function showLast() {
  const main = document.querySelector("#main");
  const last = document.querySelector("#posts > :last-child");
  main.scrollTop = main.scrollHeight;
  if (last) main.scrollTop = Math.min(main.scrollTop, last.offsetTop - 20);
  left = main.scrollTop;
}

// A picture has come and made its post taller: whoever has not scrolled away still sees the last.
export function pictureCame(event) {
  if (!event.target.matches?.(".picture img")) return;
  if (document.querySelector("#main").scrollTop === left) showLast();
}

export function speak(text) {
  document.querySelector("#spoken").textContent = text;
}

function showNotice(html) {
  const notice = document.querySelector("#notice");
  notice.innerHTML = html;
  notice.hidden = false;
}

function hideNotice() {
  document.querySelector("#notice").hidden = true;
  document.querySelectorAll(".notice:not(.floating)").forEach((notice) => notice.remove());
}
