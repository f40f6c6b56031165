// Suggestions while typing, as the combobox pattern of ARIA has it; the page works the same without them.
const say = (vi, en) => (document.documentElement.lang === "en" ? en : vi);
const box = document.getElementById("q");
const list = document.createElement("ul");
list.id = "goi-y";
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", say("Gợi ý", "Suggestions"));
list.hidden = true;
let found = [];
let chosen = -1;
let waiting;
let asked = "";

function close() {
  list.hidden = true;
  chosen = -1;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
  clearTimeout(waiting);
  asked = ""; // an answer that is still on its way opens nothing
}

function choose(at) {
  chosen = at;
  [...list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
  if (at < 0) return box.removeAttribute("aria-activedescendant");
  box.setAttribute("aria-activedescendant", list.children[at].id);
  list.children[at].scrollIntoView({ block: "nearest" });
}

function show() {
  list.replaceChildren(...found.map((one, at) => {
    const option = document.createElement("li");
    option.id = `goi-y-${at}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    for (const [name, words] of [["kind", one.kind], ["text", one.text], ["title", one.title]]) {
      const part = document.createElement("span");
      part.className = `goi-y-${name}`;
      part.textContent = words;
      option.append(part, " ");
    }
    option.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
    option.addEventListener("click", () => { location.href = one.url; });
    return option;
  }));
  list.hidden = !found.length;
  chosen = -1;
  box.setAttribute("aria-expanded", String(!list.hidden));
}

async function ask() {
  const words = box.value;
  asked = words;
  const answer = await fetch(`/goi-y?q=${encodeURIComponent(words)}`).catch(() => undefined);
  const told = answer?.ok ? await answer.json() : undefined;
  if (!told || asked !== words || words !== box.value || document.activeElement !== box) return;
  found = told;
  show();
}

if (box) {
  for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-autocomplete", "list"],
    ["aria-controls", list.id]]) box.setAttribute(name, value);
  box.after(list);
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    if (box.value.trim().length < 2) return close();
    waiting = setTimeout(ask, 120);
  });
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.href = found[chosen].url;
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && found.length) {
      event.preventDefault();
      if (list.hidden) show();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const next = chosen + step;
      choose(next >= found.length ? -1 : next < -1 ? found.length - 1 : next);
    }
  });
}
