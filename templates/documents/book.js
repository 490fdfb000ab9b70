(function () {
  "use strict";
  function plain(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }
  document.querySelectorAll(".filter").forEach(function (filter) {
    var rows = Array.from(filter.parentNode.querySelectorAll("tbody tr"));
    var texts = rows.map(function (row) { return plain(row.textContent); });
    var input = filter.querySelector("input");
    var output = filter.querySelector("output");
    function apply() {
      var words = plain(input.value).split(/\s+/).filter(Boolean);
      var shown = 0;
      rows.forEach(function (row, index) {
        var match = words.every(function (word) { return texts[index].includes(word); });
        row.hidden = !match;
        shown += match ? 1 : 0;
      });
      output.textContent = words.length ? shown + " / " + rows.length : "";
    }
    input.addEventListener("input", apply);
    filter.hidden = false;
    if (document.querySelector("main > h1") && filter.closest("main > .table")) {
      var wanted = new URLSearchParams(location.search).get("q");
      if (wanted) {
        input.value = wanted;
        apply();
      }
    }
  });
  var contents = document.querySelector(".contents details");
  var wide = window.matchMedia("(min-width: 62rem)");
  function open() { contents.open = wide.matches; }
  wide.addEventListener("change", open);
  open();
})();
