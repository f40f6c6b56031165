// Tables that sort by a click on the head of a column; without it they stand as they were written.
{
  const inOrder = new Intl.Collator("vi", { numeric: true });

  function sort(table, column, down) {
    const body = table.tBodies[0];
    const key = (row) => row.cells[column]?.dataset.value ?? row.cells[column]?.textContent.trim() ?? "";
    const rows = [...body.rows].map((row) => [key(row), row]);
    rows.sort(([a], [b]) => {
      if (!a || !b) return Boolean(b) - Boolean(a); // empty cells last, whichever way
      const [x, y] = [Number(a), Number(b)];
      const order = Number.isNaN(x) || Number.isNaN(y) ? inOrder.compare(a, b) : x - y;
      return down ? -order : order;
    });
    body.append(...rows.map(([, row]) => row));
  }

  for (const table of document.querySelectorAll("table.sortable")) {
    if (table.tBodies[0].rows.length < 3) continue;
    // On a phone the rows of a list stand as cards, their head out of sight.
    if (table.classList.contains("list") && matchMedia("(max-width: 40rem)").matches) continue;
    [...(table.tHead?.rows[0]?.cells ?? [])].forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      if (!button.textContent.trim()) button.setAttribute("aria-label", document.documentElement.lang === "en" ? `Column ${column + 1}` : `Cột ${column + 1}`);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        sort(table, column, down);
      });
    });
  }
}
