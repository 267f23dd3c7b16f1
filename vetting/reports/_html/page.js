// Sorts and filters the ranked table and opens details. Without it everything can still be read.
(() => {
  "use strict";
  const table = document.getElementById("ranked");
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  const openAround = (element) => {
    for (let at = element; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
  };
  let closedForPrint = [];
  addEventListener("beforeprint", () => {
    closedForPrint = all("article details:not([open], figure *)");
    closedForPrint.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => {
    closedForPrint.forEach((details) => { details.open = false; });
  });
  addEventListener("hashchange", () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (target) openAround(target);
  });
  if (!table) return;

  const body = table.tBodies[0];
  const rows = all("tr", body);

  const valueOf = (row, column, numeric) => {
    const cell = row.cells[column];
    const text = cell.dataset.v ?? cell.textContent.trim();
    if (!numeric) return text.toLocaleLowerCase();
    return text === "" ? NaN : parseFloat(text);
  };
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const sortBy = (head, down) => {
    const column = head.cellIndex;
    const numeric = head.dataset.sort === "n";
    const keyed = rows.map((row) => [valueOf(row, column, numeric), row]);
    keyed.sort(([a, rowA], [b, rowB]) => {
      // Unknown goes last whichever way is sorted; ties keep their rank.
      const unknown = Number(a !== a) - Number(b !== b);
      const order = down ? compare(b, a) : compare(a, b);
      return unknown || order || rowA.dataset.place - rowB.dataset.place;
    });
    body.append(...keyed.map(([, row]) => row));
    all("th[aria-sort]", table).forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
  };
  all("th[data-sort]", table).forEach((head) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    // Scores are read from the top, ranks and names from the start.
    const firstDown = head.dataset.sort === "n" && head.cellIndex > 0;
    button.addEventListener("click", () => {
      const now = head.getAttribute("aria-sort");
      sortBy(head, now === null ? firstDown : now === "ascending");
    });
  });

  const find = document.getElementById("find");
  const verdict = document.getElementById("verdict");
  const status = document.getElementById("shown");
  const filter = () => {
    const words = find.value.trim().toLocaleLowerCase();
    let shown = 0;
    rows.forEach((row) => {
      const fits =
        (!verdict.value || row.dataset.verdict === verdict.value) &&
        (!words || row.cells[1].textContent.toLocaleLowerCase().includes(words));
      row.hidden = !fits;
      const section = document.getElementById("c" + row.dataset.place);
      if (section) section.hidden = !fits;
      shown += Number(fits);
    });
    status.textContent = `${shown} of ${rows.length} shown`;
  };
  find.addEventListener("input", filter);
  verdict.addEventListener("change", filter);

  const unfold = document.getElementById("unfold");
  unfold.addEventListener("click", () => {
    const open = unfold.getAttribute("aria-pressed") !== "true";
    unfold.setAttribute("aria-pressed", String(open));
    unfold.textContent = open ? "Close every detail" : "Open every detail";
    all("article > details").forEach((details) => { details.open = open; });
  });
  document.getElementById("tools").hidden = false;
})();
