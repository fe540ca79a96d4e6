/* What a server's pages can do: tell of new pages, search while one types, show what was known on another day. Each works as a form or
   a reload without it. */
(function () {
  "use strict";
  var home = document.querySelector("nav.home"), up = home ? home.dataset.up : "";

  /* ---- new pages; only while somebody looks, since a browser opens few connections ---- */
  var source = null, base = null;
  function tell(state) {
    if (!base) { base = state; return; }
    var more = state.pages - base.pages, p = document.querySelector(".fresh");
    if (!more && state.changes === base.changes) return;
    if (!p) {
      p = document.createElement("p");
      p.className = "fresh";
      p.setAttribute("role", "status");
      (home || document.body.firstChild).after(p);
    }
    var a = document.createElement("a");
    a.href = location.pathname + location.search;
    a.textContent = more > 0 ? more + (more === 1 ? " new page: reload" : " new pages: reload") : "Something has changed: reload";
    p.replaceChildren(a);
  }
  function listen() {
    if (document.hidden && source) { source.close(); source = null; }
    if (document.hidden || source || !window.EventSource) return;
    source = new EventSource(up + "events");
    source.addEventListener("store", function (e) { tell(JSON.parse(e.data)); });
  }
  if (!document.querySelector("main.desk")) {
    document.addEventListener("visibilitychange", listen);
    listen();
  }

  /* ---- forms that answer while one types ---- */
  var form = document.querySelector("main.find form.ask"), timer = 0, last = null;
  function ask() {
    var filled = new URLSearchParams();
    new FormData(form).forEach(function (value, name) { if (value.trim()) filled.append(name, value.trim()); });
    if (!form.checkValidity()) return;
    var address = form.getAttribute("action") + (String(filled) ? "?" + filled : "");
    if (last) last.abort();
    last = new AbortController();
    fetch(address, { signal: last.signal }).then(function (r) {
      return r.text().then(function (text) {
        if (!r.ok) { form.querySelector(".found").textContent = text; return; }
        var page = new DOMParser().parseFromString(text, "text/html");
        document.getElementById("story").replaceWith(document.adoptNode(page.getElementById("story")));
        form.querySelector(".found").textContent = page.querySelector(".found").textContent;
        history.replaceState(null, "", address.slice(address.indexOf("?") < 0 ? address.length : address.indexOf("?")) || location.pathname);
      });
    }).catch(function (e) { if (e.name !== "AbortError") form.querySelector(".found").textContent = "The server does not answer."; });
  }
  if (form) {
    form.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(ask, 250);
    });
    form.addEventListener("submit", function (e) { e.preventDefault(); clearTimeout(timer); ask(); });
  }

  /* ---- as of another day: the day field becomes a slider over the days on which something was published ---- */
  var asof = document.querySelector("form.asof");
  if (asof) {
    var days = asof.dataset.days.split(","), field = asof.elements["as-of"], day = field.value;
    var at = day ? days.filter(function (d) { return d <= day; }).length - 1 : days.length - 1, going = 0;
    var slider = document.createElement("input"), shown = document.createElement("output");
    slider.type = "range";
    slider.min = "0";
    slider.max = String(days.length - 1);
    slider.value = String(Math.max(at, 0));
    slider.setAttribute("aria-label", "As of");
    var name = function () { return Number(slider.value) === days.length - 1 ? "today" : days[slider.value]; };
    var tellDay = function () { shown.textContent = name(); slider.setAttribute("aria-valuetext", name()); };
    tellDay();
    if (day && at === days.length - 1) shown.textContent = day;
    slider.addEventListener("input", tellDay);
    slider.addEventListener("change", function () {
      clearTimeout(going);
      going = setTimeout(function () {
        sessionStorage.setItem("sofar-asof", "1");
        location.assign(location.pathname + (name() === "today" ? "" : "?as-of=" + name()));
      }, 350);
    });
    if (days.length > 1) asof.prepend(shown, slider);
    if (sessionStorage.getItem("sofar-asof")) { sessionStorage.removeItem("sofar-asof"); slider.focus(); }
  }
})();
