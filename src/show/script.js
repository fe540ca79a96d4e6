/* Search, filters and the as-of slider of a page. All of it works on what the page holds; nothing is
   loaded, nothing kept. Items are the elements with data-is; the index's are list items. */
(function () {
  "use strict";
  var form = document.querySelector(".tools");
  if (!form) return;
  var main = document.querySelector("main"), index = main.classList.contains("index");
  var items = [].slice.call(main.querySelectorAll(index ? ".subjects > li" : "[data-is]"));
  var found = form.querySelector(".found"), field = form.elements, texts = null, timer = 0;
  var days = [], rows = {};

  form.hidden = false;
  form.addEventListener("submit", function (e) { e.preventDefault(); });

  items.forEach(function (el) {
    var d = el.dataset;
    el.sfBy = d.by || "";
    el.sfIs = d.is || "";
    el.sfSaid = d.said || "";
    el.sfKey = "key" in d;
    el.sfWas = d.was ? d.was.split(",").map(function (w) { return [w.slice(0, 10), w.slice(11)]; }) : null;
    if (d.said) days.push(d.said);
  });
  [].forEach.call(main.querySelectorAll("[data-row]"), function (el) {
    (rows[el.dataset.row] = rows[el.dataset.row] || []).push(el);
  });
  /* items by the list they stand in: a list with nothing to show goes away as one */
  var lists = [];
  items.forEach(function (el) {
    var last = lists[lists.length - 1];
    if (!last || last.el !== el.parentNode) lists.push(last = { el: el.parentNode, items: [] });
    last.items.push(el);
  });
  var around = [].map.call(main.querySelectorAll("section, .voice, .roll > div"), function (el) {
    return { el: el, lists: lists.filter(function (l) { return el.contains(l.el); }) };
  }).filter(function (a) { return a.lists.length; });

  /* the slider steps over the days on which something was said */
  days = days.sort().filter(function (d, i, all) { return i === 0 || d !== all[i - 1]; });
  if (field.asof) {
    if (days.length < 2) form.querySelector(".slider").hidden = true;
    field.asof.max = String(Math.max(days.length - 1, 0));
    field.asof.value = field.asof.max;
  }

  function plain(s) {
    return s.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  }
  /* an item's own words, without its receipts */
  function words() {
    if (texts) return;
    texts = items.map(function (el) {
      var s = "", walk = document.createTreeWalker(el, 5, { acceptNode: function (n) {
        return n.nodeName === "DETAILS" || n.className === "receipts" ? 2 : 1;
      } });
      while (walk.nextNode()) if (walk.currentNode.nodeType === 3) s += walk.currentNode.data;
      return plain(s);
    });
  }

  /* how an item stood on a day, and the mark that says so */
  function standing(el, day) {
    if (!el.sfWas || !day) return el.sfIs;
    var is = el.sfWas[0][1];
    el.sfWas.forEach(function (w) { if (w[0] <= day) is = w[1]; });
    return is;
  }
  function remark(el, is) {
    var mark = el.querySelector(".mark:not(.m-new)");
    if (el.sfNow === is || (!mark && is === "stated")) return;
    if (!mark) {
      mark = document.createElement("span");
      (el.querySelector(".marks, .name, .was") || el).appendChild(mark);
    }
    mark.className = "mark m-" + is.split(" ")[0];
    mark.textContent = is;
    mark.hidden = is === "stated";
    el.sfNow = is;
  }

  function apply() {
    var q = plain(field.q.value).trim().split(/\s+/).filter(Boolean);
    var key = field.key && field.key.checked, by = field.by ? field.by.value : "";
    var want = field.is ? field.is.value : "", last = days.length - 1;
    var at = field.asof ? Number(field.asof.value) : last, day = at < last ? days[at] : "";
    var shown = 0, all = items.length, i, el, is, show;
    if (q.length) words();
    for (i = 0; i < all; i++) {
      el = items[i];
      is = standing(el, day);
      show = (!day || (el.sfSaid && el.sfSaid <= day)) && (!key || el.sfKey) && (!by || el.sfBy === by) &&
        (!want || is === want) && q.every(function (w) { return texts[i].indexOf(w) >= 0; });
      if (show) shown++;
      if (el.sfWas && show) remark(el, is);
      if (rows[el.id] && el.sfShown !== show) rows[el.id].forEach(function (r) { r.classList.toggle("off", !show); });
      el.sfShown = show;
    }
    lists.forEach(function (l) {
      l.any = l.items.some(function (i) { return i.sfShown; });
      if (l.el.hidden === l.any) l.el.hidden = !l.any;
      if (l.any) l.items.forEach(function (i) { if (i.hidden === i.sfShown) i.hidden = !i.sfShown; });
    });
    around.forEach(function (a) {
      var any = a.lists.some(function (l) { return l.any; });
      if (a.el.hidden === any) a.el.hidden = !any;
    });
    if (field.day) field.day.textContent = day || "today";
    found.textContent = shown === all ? "" : shown ? shown + " of " + all : "nothing found";
  }
  function soon() {
    clearTimeout(timer);
    timer = setTimeout(apply, 60);
  }
  form.addEventListener("input", function (e) { (e.target === field.q ? soon : apply)(); });

  /* a link to an item opens its receipts */
  function open() {
    var el = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    var details = el && el.dataset.is && el.querySelector("details");
    if (details) details.open = true;
  }
  addEventListener("hashchange", open);
  open();
})();
