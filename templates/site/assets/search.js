// Search over the site's texts: words lead to shards, shards are read through. See treaty_diff/render/site/searching.py.
(function () {
  "use strict";

  var field = document.getElementById("find"), found = document.getElementById("found");
  var list = document.getElementById("results"), more = document.getElementById("more");
  var PAGE = 30;
  var held = {}, waiting = {};
  var asked = 0;

  // Annotations and notes are found by all their words, the texts' best places before them.
  function noted(notes, wanted) {
    var out = [];
    if (!wanted.length) return out;
    notes.folded.forEach(function (text, n) {
      if (!wanted.every(function (one) { return has(text, one); })) return;
      out.push({
        href: notes.places[n], citation: notes.cited[n], heading: "", work: notes.kinds[n], text: notes.words[n], wanted: wanted, exact: false
      });
    });
    return out;
  }

  // A column is one string with a line a row: read sooner than many strings.
  function rows(column) { return column.split("\n"); }
  var OPENED = {
    text: function (value) {
      return { articles: value[0], places: rows(value[1]), cited: rows(value[2]), words: rows(value[3]), folded: rows(fold(value[3])) };
    },
    notes: function (value) {
      var cited = rows(fold(value[1])), words = rows(fold(value[3]));
      var folded = cited.map(function (text, n) { return text + " " + words[n]; });
      return { places: rows(value[0]), cited: rows(value[1]), kinds: rows(value[2]), words: rows(value[3]), folded: folded };
    }
  };

  window.TREATY_DIFF_SEARCH = function (kind, key, value) { held[kind + "-" + key] = value; };

  // A script is loaded once; one that is not there has no entries.
  function load(kind, key, empty) {
    var name = kind + (key === "" ? "" : "-" + key);
    if (!waiting[name]) {
      waiting[name] = new Promise(function (done) {
        var script = document.createElement("script");
        script.src = "search/" + name + ".js";
        script.onload = script.onerror = function () {
          var value = held[kind + "-" + key] || empty;
          done(OPENED[kind] ? OPENED[kind](value) : value);
        };
        document.head.appendChild(script);
      });
    }
    return waiting[name];
  }

  var PLAIN = { "‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " ", "–": "-", "—": "-", "‑": "-" };
  function fold(text) { return text.toLowerCase().replace(/[‘’“”\u00a0–—‑]/g, function (c) { return PLAIN[c]; }); }
  function wordsOf(text) { return fold(text).match(/[\p{L}\p{N}]+/gu) || []; }
  var NUMBERS = ("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen " +
    "eighteen nineteen twenty").split(" ");
  // `chapter nineteen`, `Chapter 19` and `ch19` are one label.
  function keyOf(text) {
    var parts = text.toLowerCase().match(/\p{L}+|\p{N}+/gu) || [];
    if (/^ch(apter)?$/.test(parts[0])) {
      parts[0] = "ch";
      var tens = /^(twenty|thirty)$/.exec(parts[1]), ones = NUMBERS.indexOf(parts[2]) + 1;
      if (tens && (tens[1] === "thirty" || ones)) parts.splice(1, 2, String((tens[1] === "thirty" ? 30 : 20) + ones));
      else if (NUMBERS.indexOf(parts[1]) >= 0) parts[1] = String(NUMBERS.indexOf(parts[1]) + 1);
    }
    return parts.join(".");
  }

  // What is asked: phrases, single words, and the label of a citation where the whole is one.
  function parse(text) {
    var plain = text.replace(/[“”„«»]/g, '"'), phrases = [], rest;
    rest = plain.replace(/"([^"]*)"/g, function (all, phrase) { if (phrase.trim()) phrases.push(phrase.trim()); return " "; });
    var cite = /^\s*(?:art(?:icle|\.)?s?\s*)?((?:annex|appendix|ch(?:apter)?\.?)?\s*[\w-]*\d[\w.\-]*(?:\s*\([\w-]+\))*)\s*$/i.exec(plain);
    var chapter = /^\s*ch(?:apter)?\.?\s*(?:\d+|(?:twenty|thirty)[\s-]+\w+|\w+)\s*$/i.exec(plain);
    if (chapter) return { phrases: [plain.trim()], words: [], label: keyOf(plain) };
    // A citation is also looked for as it is printed, not as loose numbers.
    if (cite) return { phrases: [cite[1].trim()], words: [], label: keyOf(cite[1]) };
    return { phrases: phrases, words: wordsOf(rest), label: "" };
  }

  function cut(sets) {
    return sets.reduce(function (a, b) { var has = new Set(b); return a.filter(function (n) { return has.has(n); }); });
  }

  // The shards that may have all words; a single word of three letters or more may be the beginning of one.
  function shardsOf(query, table) {
    var wanted = query.words.map(function (word) { return " " + word + (word.length > 2 ? "" : " "); });
    query.phrases.forEach(function (phrase) {
      wordsOf(phrase).forEach(function (word) { wanted.push(" " + word + " "); });
    });
    if (!wanted.length) return [];
    return cut(wanted.map(function (word) {
      var out = new Set();
      table.forEach(function (entry) {
        if (entry[1].includes(word)) entry[0].forEach(function (n) { out.add(n); });
      });
      return Array.from(out);
    })).sort(function (a, b) { return a - b; });
  }

  function escaped(text) { return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"); }

  // A phrase as it is printed, whatever blanks part its words; single words from their beginning. Most lines lack the first word,
  // which is sooner seen than that the pattern fails.
  function patterns(query) {
    function made(parts, end) {
      var pattern = new RegExp("(?<![\\p{L}\\p{N}])" + parts.map(escaped).join("\\s+") + (end ? "(?![\\p{L}\\p{N}])" : ""), "gu");
      return { first: parts[0], pattern: pattern };
    }
    return query.phrases.map(function (phrase) { return made(fold(phrase).split(/\s+/), true); })
      .concat(query.words.map(function (word) { return made([word], word.length < 3); }));
  }
  function has(text, wanted) {
    wanted.pattern.lastIndex = 0;
    return text.includes(wanted.first) && wanted.pattern.test(text);
  }

  // All that a search looks through: shards of text, the articles, the places of a label, annotations and notes.
  function gather(query) {
    var list = load("list", "", { works: [], articles: [], words: [] });
    return Promise.all([
      list,
      list.then(function (all) {
        return Promise.all(shardsOf(query, all.words).map(function (n) { return load("text", n, [[], "", "", ""]); }));
      }),
      query.label ? load("cite", (/\d{1,2}/.exec(query.label) || ["_"])[0], {}) : {},
      load("notes", "", ["", "", "", ""])
    ]);
  }

  function search(text) {
    var mine = ++asked, query = parse(text);
    if (!text.trim()) { show([], "", mine); return; }
    found.textContent = "Searching …";
    gather(query).then(function (read) {
      var wanted = patterns(query), all = read[0];
      show(cited(all, read[2], query.label).concat(matched(all, read[1], wanted), noted(read[3], wanted)), text, mine);
    });
  }

  function cited(all, table, label) {
    var own = Object.prototype.hasOwnProperty.call(table, label) ? table[label] : [];
    return own.map(function (hit) { return result(all, hit[3], hit[1], hit[0], hit[2], [], true); });
  }

  // All words stand in one article, each phrase in one of its lines; an article shows its best line.
  function matched(all, shards, wanted) {
    var out = [];
    if (!wanted.length) return out;
    shards.forEach(function (shard) {
      var articles = shard.articles;
      for (var at = 0; at < articles.length;) {
        var article = articles[at], seen = wanted.map(function () { return 0; }), best = -1, most = 0, end = at;
        for (; end < articles.length && articles[end] === article; end++) {
          var hits = 0;
          for (var n = 0; n < wanted.length; n++) {
            if (has(shard.folded[end], wanted[n])) { seen[n]++; hits++; }
          }
          if (hits > most) { most = hits; best = end; }
        }
        if (seen.every(Boolean)) {
          var head = fold(all.articles[article][3]);
          var inHead = wanted.filter(function (one) { return has(head, one); }).length;
          var one = result(all, article, shard.places[best], shard.cited[best], shard.words[best], wanted, false);
          one.score = 4 * inHead + 2 * most / wanted.length + Math.log(1 + Math.min.apply(null, seen));
          out.push(one);
        }
        at = end;
      }
    });
    return out.sort(function (a, b) { return b.score - a.score; });
  }

  function result(all, article, place, citation, text, wanted, exact) {
    var entry = all.articles[article];
    return {
      href: entry[1] + (place ? "#" + encodeURIComponent(place) : ""), citation: citation, heading: entry[3],
      work: all.works[entry[0]][0], text: text, wanted: wanted, exact: exact
    };
  }

  function make(name, kind, text) {
    var element = document.createElement(name);
    if (kind) element.className = kind;
    if (text) element.textContent = text;
    return element;
  }

  // The words round the first hit, hits marked. Folding keeps every character in its place.
  function excerpt(one) {
    var text = one.text, low = fold(text), spans = [];
    one.wanted.forEach(function (asked) {
      var pattern = asked.pattern;
      pattern.lastIndex = 0;
      for (var hit; (hit = pattern.exec(low)) && spans.length < 40;) spans.push([hit.index, hit.index + hit[0].length]);
    });
    spans.sort(function (a, b) { return a[0] - b[0]; });
    if (low.length !== text.length) spans = [];
    var start = spans.length ? Math.max(0, text.lastIndexOf(" ", Math.max(0, spans[0][0] - 90)) + 1) : 0;
    var end = Math.min(text.length, start + 320);
    var line = make("p", "excerpt", start ? "… " : ""), at = start;
    spans.forEach(function (span) {
      if (span[0] < at || span[1] > end) return;
      line.append(text.slice(at, span[0]), make("mark", "", text.slice(span[0], span[1])));
      at = span[1];
    });
    line.append(text.slice(at, end) + (end < text.length ? " …" : ""));
    return line;
  }

  function show(results, text, mine) {
    if (mine !== asked) return;
    list.textContent = "";
    var at = 0;
    function page() {
      results.slice(at, at + PAGE).forEach(function (one) {
        var item = make("li", one.exact ? "exact-place" : ""), link = make("a", "", one.citation + (one.heading ? ", " + one.heading : ""));
        link.href = one.href;
        item.append(link, " ", make("span", "fine", one.work), excerpt(one));
        list.appendChild(item);
      });
      at += PAGE;
      more.hidden = at >= results.length;
    }
    page();
    more.onclick = page;
    found.textContent = !text.trim() ? "" : results.length ? results.length + (results.length === 1 ? " place" : " places") : "Nothing held here has that.";
  }

  // What a search will need is loaded while its words are still typed.
  var later = 0;
  function soon() {
    clearTimeout(later);
    if (field.value.trim()) gather(parse(field.value));
    later = setTimeout(ask, 120);
  }
  // The address keeps what is asked: a reader who follows a result comes back to all of them.
  function ask() {
    clearTimeout(later);
    history.replaceState(null, "", field.value ? "?q=" + encodeURIComponent(field.value) : location.pathname);
    search(field.value);
  }
  field.addEventListener("input", soon);
  field.form.addEventListener("submit", function (event) { event.preventDefault(); ask(); });
  field.value = new URLSearchParams(location.search).get("q") || "";
  if (!field.value) field.focus();
  search(field.value);
  if (window.requestIdleCallback) requestIdleCallback(function () { gather(parse("")); });
})();
