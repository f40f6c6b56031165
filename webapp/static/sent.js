// A form whose answer takes a while says so while it is awaited, and is not sent twice.
for (const form of document.querySelectorAll("form.slow")) {
  const awaited = (waiting) => {
    form.querySelector("button[type=submit]").disabled = waiting;
    form.querySelector("[role=status]").hidden = !waiting;
  };
  form.addEventListener("submit", () => awaited(true));
  addEventListener("pageshow", () => awaited(false)); // the way back brings the page as it was left
}
