// Keys of the review queue: they work while the focus is inside the frame of a place and not in a field.
(() => {
  const frame = document.querySelector(".review");
  const undo = document.querySelector("#vua-xong button");
  if (!frame) {
    undo?.focus();
    undo?.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() === "u" && !event.ctrlKey && !event.altKey && !event.metaKey) undo.click();
    });
    return;
  }
  frame.focus({ preventScroll: true });
  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const typing = event.target.matches("input[type=text]");
    if (typing && event.key === "Escape") { event.preventDefault(); frame.focus(); return; }
    if (typing && event.key === "Enter") {
      event.preventDefault();
      const send = event.target.name === "other" && frame.querySelector("button[value=other]");
      if (send) send.click(); else frame.focus();
      return;
    }
    if (typing || event.key.length !== 1) return;
    const key = event.key.toLowerCase();
    const found = key === "u" ? undo : [...frame.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key);
    if (!found) return;
    event.preventDefault();
    if (found.matches("input[type=text]")) found.focus(); else found.click();
  });
})();
