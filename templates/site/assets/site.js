// Keys and buttons that every page of the site has. Without it every page is there and every link leads.
(function () {
  "use strict";

  var field = document.getElementById("find");

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(input|textarea|select)$/.test(event.target.localName)) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "/" && field) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  });

  // A defined term shows its definitions, which stand in the page's list, where it is pointed at or reached by Tab. They stay while
  // the pointer is on them, and Esc puts them away.
  var shown = null, box = null, closing = 0;

  function hide() {
    clearTimeout(closing);
    if (box) box.remove();
    if (shown) shown.removeAttribute("aria-describedby");
    box = shown = null;
  }
  function soon() { clearTimeout(closing); closing = setTimeout(hide, 200); }

  function show(term) {
    clearTimeout(closing);
    if (shown === term) return;
    hide();
    var entry = document.getElementById(decodeURIComponent(term.hash.slice(1)));
    if (!entry) return;
    box = document.createElement("div");
    box.className = "meaning definition";
    box.id = "meaning";
    box.setAttribute("role", "tooltip");
    Array.prototype.forEach.call(entry.children, function (part) {
      var copy = document.createElement(part.localName === "dt" ? "b" : "p");
      if (part.lang) copy.lang = part.lang;
      Array.prototype.forEach.call(part.cloneNode(true).childNodes, function (node) { copy.appendChild(node.cloneNode(true)); });
      box.appendChild(copy);
    });
    (document.querySelector("main") || document.body).appendChild(box);
    shown = term;
    term.setAttribute("aria-describedby", "meaning");
    var at = term.getClientRects()[0], wide = document.documentElement.clientWidth;
    box.style.left = Math.max(8, Math.min(at.left, wide - box.offsetWidth - 8)) + scrollX + "px";
    var below = at.bottom + 6, above = at.top - box.offsetHeight - 6;
    box.style.top = (below + box.offsetHeight > innerHeight && above > 0 ? above : below) + scrollY + "px";
    box.addEventListener("pointerenter", function () { clearTimeout(closing); });
    box.addEventListener("pointerleave", soon);
  }

  function termOf(event) { return event.target.closest ? event.target.closest("a.term") : null; }
  if (document.querySelector("a.term")) {
    document.addEventListener("pointerover", function (event) { var term = termOf(event); if (term) show(term); });
    document.addEventListener("pointerout", function (event) { if (termOf(event)) soon(); });
    document.addEventListener("focusin", function (event) {
      var term = termOf(event);
      if (term) show(term);
      else if (box && !box.contains(event.target)) hide();
    });
    document.addEventListener("keydown", function (event) { if (event.key === "Escape") hide(); });
    // a finger does not hover: it opens the definition, and puts it away elsewhere
    document.addEventListener("click", function (event) {
      var term = termOf(event);
      if (term && event.pointerType === "touch") { event.preventDefault(); show(term); }
      else if (box && !term && !box.contains(event.target)) hide();
    });
  }

  Array.prototype.forEach.call(document.querySelectorAll("[data-copy]"), function (button) {
    if (!navigator.clipboard || !navigator.clipboard.writeText) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      var words = button.textContent;
      navigator.clipboard.writeText(button.dataset.copy).then(
        function () { button.textContent = "Copied"; },
        function () { button.textContent = button.dataset.copy; }
      );
      setTimeout(function () { button.textContent = words; }, 1600);
    });
  });
})();
