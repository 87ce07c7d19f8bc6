// The page's keys and views. Without it the page is the inline redline; everything here only
// shows, hides and moves through what is there. The address keeps the view, and which change of the
// place the reader is at: #place!view.c2
(function () {
  "use strict";

  var body = document.body;
  var VIEWS = body.dataset.third ? ["inline", "side", "three", "after", "changes"] : ["inline", "side", "after", "changes"];
  var counter = document.querySelector(".counter");
  var say = document.getElementById("say");
  var help = document.getElementById("help");
  var swap = document.querySelector(".swap");
  var articles = Array.prototype.slice.call(document.querySelectorAll("article"));
  var view = "inline";
  var FLAGS = ["quiet", "lineage", "marks"];
  var on = {};
  var place = "";
  var stops = [];
  var now = -1;
  var cells = false;

  function each(selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), act);
  }

  function make(name, kind, text) {
    var element = document.createElement(name);
    element.className = kind;
    if (text) element.textContent = text;
    return element;
  }

  // Side by side the base's words need a cell of their own: the line is copied once, when the
  // view is first asked for; the style sheet hides what was inserted there, and what was struck here.
  function addCells() {
    if (cells) return;
    cells = true;
    var before = body.dataset.before, after = body.dataset.after, third = body.dataset.third;
    each(".row", function (row) {
      var line = row.querySelector(".line");
      if (!line) return;
      if (row.classList.contains("inserted")) {
        row.insertBefore(make("p", "blank", "Not in " + before), line);
      } else if (row.matches(".deleted, .moved-away")) {
        row.insertBefore(make("p", "blank", "Not in " + after), line.nextSibling);
      } else {
        var copy = line.cloneNode(true);
        copy.classList.add("before");
        copy.dataset.name = before;
        var deep = /\bd(\d)\b/.exec(row.className);
        if (deep && !/\bb\d\b/.test(row.className)) row.classList.add("b" + deep[1]);
        row.insertBefore(copy, line);
      }
    });
    if (third) addThird(third);
    var heads = make("div", "columns", "");
    heads.appendChild(make("span", "", before + " (before)"));
    heads.appendChild(make("span", "", after + " (after)"));
    if (third) heads.appendChild(make("span", "third", third));
    Array.prototype.forEach.call(heads.children, function (head) { head.title = head.textContent; });
    var text = document.getElementById("text");
    text.insertBefore(heads, text.firstChild);
  }

  // The third column stands in the page; here its cells get their names, and those that have nothing say so.
  function addThird(third) {
    each(".rows, .struck", function (rows) {
      if (!rows.querySelector(".cell")) return;
      Array.prototype.forEach.call(rows.querySelectorAll(".row:not(.deleted):not(.moved-away)"), function (row) {
        if (!row.querySelector(".other")) row.appendChild(make("div", "other blank", "Not in " + third));
      });
    });
    each(".other:not(.blank)", function (cell) { cell.dataset.name = third; });
  }

  // Where a change comes to rest in each view: side by side the struck words of the base's cell; where
  // the struck are hidden, a change that begins with them rests on its inserted words.
  var PLACES = {
    inline: "h3.stop, .line:not(.before) .stop",
    side: "h3.stop, .before del.stop, .deleted del.stop, .line:not(.before) ins.stop",
    after: "article:not(.gone) h3.stop, .line:not(.before) ins.stop, .line:not(.before) .turn"
  };

  function shown(article) {
    return view !== "after" || !article.classList.contains("gone");
  }

  function findStops() {
    var current = stops[now];
    stops = Array.prototype.slice.call(document.querySelectorAll(PLACES[view === "three" ? "side" : view] || PLACES.inline));
    now = current ? stops.indexOf(current) : -1;
    if (current && now < 0) current.classList.remove("now");
    count();
  }

  // A change's address is that of its provision, and which of the changes there it is in this view.
  function home(stop) { return stop.closest(".row[id], article[id]"); }
  function changesOf(element) { return stops.filter(function (stop) { return home(stop) === element; }); }

  function count() {
    counter.querySelector(".here").textContent = now < 0 ? "–" : String(now + 1);
    counter.querySelector(".all").textContent = String(stops.length);
  }

  function unfold(element) {
    for (var up = element.parentElement; up; up = up.parentElement) {
      if (up.localName === "details") up.open = true;
    }
  }

  function reach(element) {
    element.setAttribute("tabindex", "-1");
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: element.getBoundingClientRect().height > innerHeight / 2 ? "start" : "center" });
  }

  function step(by) {
    if (!stops.length) { say.textContent = "There is no change in this view."; return; }
    var next = now < 0 ? firstBelow(stops, by) : (now + by + stops.length) % stops.length;
    rest(next);
  }

  function rest(next) {
    if (stops[now]) stops[now].classList.remove("now");
    now = next;
    stops[now].classList.add("now");
    reach(stops[now]);
    count();
    if (home(stops[now])) place = home(stops[now]).id;
    address();
  }

  // Where nothing was chosen yet, the next one is that below the reader's eye.
  function firstBelow(list, by) {
    var eye = document.getElementById("views").getBoundingClientRect().bottom;
    var low = 0, high = list.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (list[middle].getBoundingClientRect().top >= eye) high = middle; else low = middle + 1;
    }
    return (by > 0 ? low : low - 1 + list.length) % list.length;
  }

  function present() {
    var eye = document.getElementById("views").getBoundingClientRect().bottom + 60;
    var found = -1;
    for (var at = 0; at < articles.length; at++) {
      if (!shown(articles[at])) continue;
      if (articles[at].getBoundingClientRect().top > eye) break;
      found = at;
    }
    return found;
  }

  function walk(by) {
    var at = present();
    do { at += by; } while (articles[at] && !shown(articles[at]));
    if (!articles[at]) return;
    go(articles[at].id);
  }

  function address() {
    var flags = (view === "inline" ? "" : view) + FLAGS.map(function (name) { return on[name] ? "." + name : ""; }).join("");
    var own = stops[now] && home(stops[now]);
    var which = own && own.id === place ? ".c" + (changesOf(own).indexOf(stops[now]) + 1) : "";
    var hash = "#" + encodeURI(place) + (flags || which ? "!" + flags + which : "");
    if (hash !== "#" || location.hash) history.replaceState(null, "", hash === "#" ? "#top" : hash);
    if (swap) swap.setAttribute("href", swap.getAttribute("href").split("#")[0] + (flags ? "#!" + flags : ""));
  }

  function go(id) {
    var element = id && document.getElementById(id);
    each(".target", function (old) { old.classList.remove("target"); });
    if (!element) return;
    unfold(element);
    if (element.closest(".does")) Array.prototype.forEach.call(element.querySelectorAll("details"), function (part) { part.open = true; });
    element.classList.add("target");
    place = id;
    address();
    var name = element.querySelector("h3 a");
    if (!name) element.setAttribute("tabindex", "-1");
    (name || element).focus({ preventScroll: true, focusVisible: false });
    element.scrollIntoView({ block: "start" });
    mark();
  }

  // The contents are folded where they would stand before the text, or over it.
  var contents = document.querySelector(".contents details");
  var narrow = matchMedia("(max-width: 52rem)"), small = matchMedia("(max-width: 90rem)");
  function folded() { return narrow.matches || (view === "three" && small.matches); }
  function fold() { contents.open = !folded(); }
  narrow.addEventListener("change", fold);
  small.addEventListener("change", fold);
  contents.addEventListener("click", function (event) {
    if (folded() && event.target.closest("a")) contents.open = false;
  });
  fold();

  // What stands at the reader's eye stays there when the view changes.
  function show(wanted) {
    if (VIEWS.indexOf(wanted) < 0) return;
    var at = articles[present()];
    var top = at ? at.getBoundingClientRect().top : 0;
    view = wanted;
    if (view === "side" || view === "three") addCells();
    body.classList.toggle("view-columns", view === "side" || view === "three");
    VIEWS.forEach(function (name) { body.classList.toggle("view-" + name, name === view); });
    each("[data-view]", function (button) { button.setAttribute("aria-pressed", String(button.dataset.view === view)); });
    if (at && shown(at) && scrollY > 0) scrollBy(0, at.getBoundingClientRect().top - top);
    fold();
    findStops();
    address();
  }

  function flag(name, wanted) {
    on[name] = wanted;
    body.classList.toggle("show-" + name, wanted);
    each("[data-do=" + name + "]", function (button) { button.setAttribute("aria-pressed", String(wanted)); });
    address();
  }

  function read() {
    var hash = location.hash.slice(1), cut = hash.lastIndexOf("!");
    var flags = cut < 0 ? null : hash.slice(cut + 1).split(".");
    var id = cut < 0 ? hash : hash.slice(0, cut);
    try { id = decodeURIComponent(id); } catch (error) { /* an address typed by hand stays as it is */ }
    place = id;
    if (flags) {
      FLAGS.forEach(function (name) { flag(name, flags.indexOf(name) > 0); });
      show(flags[0] || "inline");
    }
    go(id);
    var which = flags && flags.map(function (name) { return /^c\d+$/.test(name) ? Number(name.slice(1)) : 0; }).filter(Boolean)[0];
    var stop = which && document.getElementById(id) && changesOf(document.getElementById(id))[which - 1];
    if (stop) rest(stops.indexOf(stop));
  }

  function copyByHand(text) {
    var field = make("textarea", "unseen", text);
    body.appendChild(field);
    field.select();
    var done = false;
    try { done = document.execCommand("copy"); } catch (error) { done = false; }
    field.remove();
    return done;
  }

  function copy(button, text) {
    function told(done) {
      say.textContent = done ? "Copied: " + text : "This browser does not let the page copy. The citation: " + text;
      button.textContent = done ? "Copied" : text;
      setTimeout(function () { button.textContent = "Copy citation"; }, 1600);
    }
    if (navigator.clipboard && navigator.clipboard.writeText) {
      navigator.clipboard.writeText(text).then(function () { told(true); }, function () { told(copyByHand(text)); });
    } else {
      told(copyByHand(text));
    }
  }

  // One button for all provisions: it goes where it is wanted.
  var copier = make("button", "copy", "Copy citation");
  copier.type = "button";
  function lend(event) {
    var row = event.target.closest ? event.target.closest(".row") : null;
    var at = row && row.querySelector(".at");
    if (at && copier.parentElement !== at) at.appendChild(copier);
  }
  function cite(element) {
    var gone = element.closest(".row.deleted, .row.moved-away, .article.gone");
    return (gone ? body.dataset.before : body.dataset.after) + " " + element.textContent.trim();
  }
  document.addEventListener("pointerover", lend);
  document.addEventListener("focusin", lend);
  copier.addEventListener("click", function () { copy(copier, cite(copier.parentElement.querySelector("a"))); });
  each(".names", function (names) {
    var button = make("button", "copy", "Copy citation");
    button.type = "button";
    button.addEventListener("click", function () { copy(button, cite(names.querySelector("h3 a"))); });
    names.appendChild(button);
  });

  function mark() {
    var at = articles[present()];
    each(".contents a[aria-current]", function (link) { link.removeAttribute("aria-current"); });
    if (!at) return;
    var link = document.querySelector('.contents a[href="#' + CSS.escape(at.id) + '"]');
    if (!link) return;
    link.setAttribute("aria-current", "true");
    var list = document.getElementById("contents"), box = list.getBoundingClientRect(), own = link.getBoundingClientRect();
    if (own.top < box.top) list.scrollTop -= box.top - own.top;
    else if (own.bottom > box.bottom) list.scrollTop += own.bottom - box.bottom;
  }
  var waiting = false;
  addEventListener("scroll", function () {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(function () { waiting = false; mark(); });
  }, { passive: true });

  var DO = {
    next: function () { step(1); },
    previous: function () { step(-1); },
    down: function () { walk(1); },
    up: function () { walk(-1); },
    quiet: function () { flag("quiet", !on.quiet); },
    lineage: function () { flag("lineage", !on.lineage); },
    marks: function () { flag("marks", !on.marks); },
    help: function () { if (help.open) help.close(); else help.showModal(); }
  };
  var KEYS = {
    n: DO.next, p: DO.previous, j: DO.down, k: DO.up, "?": DO.help,
    v: function () { show(VIEWS[(VIEWS.indexOf(view) + 1) % VIEWS.length]); },
    s: function () { if (swap) location.href = swap.href; }
  };

  each("[data-do]", function (button) { button.addEventListener("click", DO[button.dataset.do]); });
  each("[data-view]", function (button) { button.addEventListener("click", function () { show(button.dataset.view); }); });
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(input|textarea|select)$/.test(event.target.localName)) return;
    if (help.open && event.key !== "?") return;
    if (KEYS[event.key]) { event.preventDefault(); KEYS[event.key](); }
  });
  addEventListener("hashchange", read);
  addEventListener("beforeprint", function () { each("details", function (part) { part.open = true; }); });

  // Notes: those of another kind or of less weight are put away; a line whose notes are all put away has none.
  function filter() {
    var kind = document.querySelector("[data-filter=kind]").value;
    var weight = Number(document.querySelector("[data-filter=weight]").value);
    var left = 0;
    each(".margin", function (notes) {
      var here = 0;
      Array.prototype.forEach.call(notes.querySelectorAll("li"), function (note) {
        note.hidden = Boolean(kind && note.dataset.kind !== kind) || Number(note.dataset.weight) < weight;
        if (!note.hidden) here++;
      });
      notes.hidden = !here;
      left += here;
    });
    document.getElementById("shown").textContent = left + (left === 1 ? " note shown" : " notes shown");
  }
  each("[data-filter]", function (field) { field.addEventListener("change", filter); });

  // In the margin notes are open; under the lines they are folded.
  var roomy = matchMedia("(min-width: 90.001rem)");
  function unfoldNotes() { each(".margin", function (notes) { notes.open = roomy.matches; }); }
  roomy.addEventListener("change", unfoldNotes);
  unfoldNotes();

  // What sticks below the bar must know how high it is: it may be two lines.
  function fit() {
    document.documentElement.style.setProperty("--bar", document.getElementById("views").offsetHeight + "px");
  }
  addEventListener("resize", fit);

  each(".needs-script", function (part) { part.hidden = false; });
  fit();
  findStops();
  read();
  mark();
})();
