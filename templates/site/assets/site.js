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
