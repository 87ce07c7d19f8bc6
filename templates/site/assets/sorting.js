// A correlation table in another order: by the number of either text, or by how alike the two are. Without it the table is in the
// first text's order.
(function () {
  "use strict";

  var table = document.querySelector("table.correlation");
  if (!table) return;
  var body = table.tBodies[0], rows = Array.prototype.slice.call(body.rows);
  var heads = Array.prototype.slice.call(table.querySelectorAll("[data-sort]"));
  var order = new Intl.Collator("en", { numeric: true });
  var say = document.createElement("p");
  say.className = "unseen";
  say.setAttribute("role", "status");
  table.parentNode.insertBefore(say, table);

  function number(row, kind) {
    var cell = row.querySelector(".of-" + kind);
    var text = cell ? cell.textContent.trim() : "–";
    // what has none comes last, and annexes come after articles
    return text === "–" ? null : (/^A(nnex|ppendix)/.test(text) ? "2" : "1") + text.replace(/^\D+/, " ");
  }
  function key(row, kind) {
    return kind === "score" ? (row.dataset.score === undefined ? null : Number(row.dataset.score)) : number(row, kind);
  }

  function sort(head, falling) {
    var kind = head.dataset.sort, chapters = kind === "subject" && !falling;
    var sorted = rows.map(function (row, at) { return { row: row, at: at, key: key(row, kind) }; });
    if (!chapters) {
      sorted = sorted.filter(function (one) { return !one.row.classList.contains("chapter"); }).sort(function (a, b) {
        if (a.key === null || b.key === null) return (a.key === null) - (b.key === null) || a.at - b.at;
        var by = kind === "score" ? a.key - b.key : order.compare(a.key, b.key);
        return (falling ? -by : by) || a.at - b.at;
      });
    }
    body.textContent = "";
    sorted.forEach(function (one) { body.appendChild(one.row); });
    heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
    head.setAttribute("aria-sort", falling ? "descending" : "ascending");
    say.textContent = "Sorted by " + head.textContent.trim() + (falling ? ", falling." : ", rising.");
  }

  heads.forEach(function (head) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = head.dataset.words || head.textContent;
    if (head.dataset.words) head.append(" ");
    else head.textContent = "";
    head.appendChild(button);
    button.addEventListener("click", function () {
      var now = head.getAttribute("aria-sort"), first = head.dataset.sort === "score";
      sort(head, now ? now === "ascending" : first);
    });
  });
  if (heads.length) heads[0].setAttribute("aria-sort", "ascending");
})();
