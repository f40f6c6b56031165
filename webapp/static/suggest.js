// Suggestions while typing; the page works the same without them.
const box = document.getElementById("q");
const list = document.getElementById("goi-y");
let waiting;
let known = new Map();
box?.addEventListener("input", () => {
  if (known.has(box.value)) { location.href = known.get(box.value); return; }
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    const answer = await fetch(`/goi-y?q=${encodeURIComponent(box.value)}`);
    if (!answer.ok) return;
    const found = await answer.json();
    known = new Map(found.map((one) => [one.text, one.url]));
    list.replaceChildren(...found.map((one) => {
      const option = document.createElement("option");
      option.value = one.text;
      option.label = one.title ?? "";
      return option;
    }));
  }, 150);
});
