// Verdicts appear as they come; without a stream the page is asked for again. Rows are made, and escaped, by the server.
(() => {
  const place = document.getElementById("tien-do");
  const address = place && place.dataset.stream;
  if (!address) return;
  const line = document.getElementById("da-xong");
  const bar = document.getElementById("thanh");
  const again = async () => {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("tien-do");
    place.replaceChildren(...fresh.childNodes);
    if (fresh.dataset.stream) setTimeout(again, 3000);
  };
  const stream = new EventSource(address);
  stream.addEventListener("row", (event) => {
    const told = JSON.parse(event.data);
    const row = document.getElementById("tep-" + told.id);
    if (row) row.outerHTML = told.html;
  });
  stream.addEventListener("sum", (event) => {
    const told = JSON.parse(event.data);
    if (line.textContent !== told.text) line.textContent = told.text;
    bar.value = told.done;
  });
  stream.addEventListener("end", () => { stream.close(); again(); });
  stream.addEventListener("error", () => { if (stream.readyState === EventSource.CLOSED) setTimeout(again, 2000); });
})();
