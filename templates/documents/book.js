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
  var phone = window.matchMedia("(max-width: 40rem)");
  /* On a telephone a table that is too wide becomes a card a row; roles keep it a table. */
  function cards(table) {
    var titles = Array.from(table.querySelectorAll("thead th"), function (th) { return th.textContent; });
    table.classList.add("cards");
    table.setAttribute("role", "table");
    table.querySelectorAll("thead, tbody").forEach(function (group) { group.setAttribute("role", "rowgroup"); });
    table.querySelectorAll("thead th").forEach(function (th) { th.setAttribute("role", "columnheader"); });
    table.querySelectorAll("tr").forEach(function (row) { row.setAttribute("role", "row"); });
    table.querySelectorAll("tbody tr").forEach(function (row) {
      Array.from(row.cells).forEach(function (cell, number) {
        cell.setAttribute("role", number ? "cell" : "rowheader");
        cell.dataset.title = titles[number];
      });
    });
  }
  function fit() {
    if (phone.matches) {
      document.querySelectorAll(".scroll > table:not(.cards)").forEach(function (table) {
        if (table.scrollWidth > table.parentNode.clientWidth) { cards(table); }
      });
    }
    document.querySelectorAll("[data-from=middle]").forEach(function (drawing) {
      var room = drawing.parentNode;
      room.scrollLeft = (room.scrollWidth - room.clientWidth) / 2;
    });
  }
  phone.addEventListener("change", fit);
  fit();
  var contents = document.querySelector(".contents details");
  if (contents) {
    var wide = window.matchMedia("(min-width: 62rem)");
    var open = function () { contents.open = wide.matches; };
    wide.addEventListener("change", open);
    open();
  }
})();
