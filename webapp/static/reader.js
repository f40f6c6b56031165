// Reading with less clicking: cards over citations, citations to copy, an outline that follows.
// Every link works the same without any of it.

const say = (vi, en) => (document.documentElement.lang === "en" ? en : vi);

// --- cards over citations ---
const cards = new Map();
let card, over, waiting;

function hide() {
  clearTimeout(waiting);
  over?.removeAttribute("aria-describedby");
  card?.remove();
  card = over = undefined;
}

async function show(link) {
  const address = link.dataset.card;
  if (!cards.has(address)) {
    const answer = await fetch(address).catch(() => undefined);
    if (!answer?.ok) return;
    cards.set(address, await answer.text());
  }
  if (over !== link) return;
  card?.remove();
  card = document.createElement("div");
  card.id = "the-vien-dan";
  card.className = "cite-card";
  card.setAttribute("role", "tooltip");
  card.innerHTML = cards.get(address);
  document.body.append(card);
  const place = link.getClientRects()[0];
  const room = document.documentElement.clientWidth - card.offsetWidth - 8;
  card.style.left = `${Math.max(8, Math.min(place.left, room)) + scrollX}px`;
  const below = place.bottom + 6;
  const above = place.top - card.offsetHeight - 6;
  card.style.top = `${(below + card.offsetHeight > innerHeight && above > 0 ? above : below) + scrollY}px`;
  link.setAttribute("aria-describedby", card.id);
}

function ask(link, after) {
  if (over === link) return clearTimeout(waiting);
  hide();
  over = link;
  waiting = setTimeout(() => show(link), after);
}

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  const link = event.target.closest("a[data-card]");
  if (link) return ask(link, 250);
  if (event.target.closest(".cite-card")) return clearTimeout(waiting);
  if (over && over !== document.activeElement) {
    clearTimeout(waiting);
    waiting = setTimeout(hide, 200);
  }
});
document.addEventListener("focusin", (event) => {
  const link = event.target.closest("a[data-card]");
  if (link) ask(link, 100);
  else hide();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});

// --- citations to copy ---
const said = document.createElement("p");
said.className = "said";
said.setAttribute("role", "status");
document.body.append(said);

async function copy(words) {
  const address = location.href;
  try {
    await navigator.clipboard.writeText(`${words}\n${address}`);
    said.textContent = say(`Đã chép: ${words}`, `Copied: ${words}`);
  } catch {
    said.textContent = words; // no clipboard without HTTPS: shown, to be copied by hand
  }
  setTimeout(() => { said.textContent = ""; }, 4000);
}

const name = document.querySelector("article.document")?.dataset.name ?? "";
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.permalink");
  if (!link) return;
  history.replaceState(null, "", link.hash);
  event.preventDefault();
  copy(`${link.dataset.cite} ${name}`);
});
const whole = document.getElementById("trich-dan");
if (whole) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = say("Chép", "Copy");
  button.addEventListener("click", () => copy(whole.textContent));
  whole.after(" ", button);
}

// --- the outline follows; on a narrow screen it is folded away, since it stands before the text ---
if (matchMedia("(max-width: 60rem)").matches) document.querySelector(".outline details")?.removeAttribute("open");
const lines = new Map();
for (const line of document.querySelectorAll(".outline a")) lines.set(line.hash.slice(1), line);
const marks = [...document.querySelectorAll(".text .target")].filter((mark) => lines.has(mark.id));
let here;

function follow() {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (marks[middle].getBoundingClientRect().top < 120) low = middle + 1;
    else high = middle;
  }
  const line = lines.get(marks[low - 1]?.id);
  if (line === here) return;
  here?.removeAttribute("aria-current");
  here = line;
  if (!line) return;
  line.setAttribute("aria-current", "location");
  const box = line.closest(".outline");
  const at = line.offsetTop - box.offsetTop;
  if (at < box.scrollTop || at > box.scrollTop + box.clientHeight - 40) box.scrollTop = at - box.clientHeight / 3;
}

if (marks.length) {
  let asked = false;
  addEventListener("scroll", () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; follow(); });
  }, { passive: true });
  follow();
}
