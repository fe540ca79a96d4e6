/* The review desk: one fact in view, one key a decision. The token comes with the address that the server printed, behind '#', or is
   typed; it is kept for this tab alone and goes out in a header. What is sent says what was seen of the fact: if that holds no more,
   the server refuses and the page says so. */
(function () {
  "use strict";
  var main = document.querySelector("main.desk"), kept = window.sessionStorage;
  if (location.hash.length === 33 && /^#[0-9a-f]{32}$/.test(location.hash)) {
    kept.setItem("sofar-token", location.hash.slice(1));
    history.replaceState(null, "", location.pathname + location.search);
  }
  var bench = main.querySelector(".bench");
  if (!bench) return;
  var sign = main.querySelector(".sign"), why = bench.querySelector(".why"), told = bench.querySelector(".told");
  var token = sign.elements.token, mine = [], skipped = 0, busy = false;

  token.value = kept.getItem("sofar-token") || "";
  if (kept.getItem("sofar-who")) sign.elements.who.value = kept.getItem("sofar-who");
  sign.querySelector(".token").hidden = token.value !== "";
  sign.hidden = bench.hidden = false;
  sign.addEventListener("submit", function (e) { e.preventDefault(); });
  sign.addEventListener("change", function () {
    kept.setItem("sofar-token", token.value.trim());
    kept.setItem("sofar-who", sign.elements.who.value);
  });

  function cases() { return main.querySelector(".cases"); }
  function now() { return cases().querySelector(".case"); }
  function say(words) { told.textContent = words; }

  /* only the first is in view */
  function show(focus) {
    var first = now();
    [].forEach.call(cases().querySelectorAll(".case"), function (el) { el.hidden = el !== first; });
    why.hidden = true;
    main.querySelector(".left").textContent = cases().dataset.left;
    if (!first) say((told.textContent + " " + (Number(cases().dataset.left) ? "The rest was left for later." : "Everything is decided.")).trim());
    if (focus) (first || bench.querySelector("button")).focus();
  }

  /* the queue as it stands now; what was done before is said to be done, also where this fails */
  function again(words) {
    return fetch(location.pathname + (skipped ? "?skip=" + skipped : ""), { cache: "no-cache" }).then(function (r) {
      if (r.status === 404) { location.assign(main.querySelector(".leave").href); throw new Error("nothing is known any more"); }
      if (!r.ok) throw new Error("the server cannot say what is left");
      return r.text();
    }).then(function (text) {
      var page = new DOMParser().parseFromString(text, "text/html");
      ["#story", "#decided"].forEach(function (id) {
        main.querySelector(id).replaceWith(document.adoptNode(page.querySelector(id)));
      });
      if (words) say(words);
      show(true);
    }).catch(function (e) {
      say((words || told.textContent) + " But what is left cannot be shown (" + e.message + "); load the page again.");
    });
  }

  function send(what, done) {
    if (busy) return;
    if (!token.value.trim()) {
      sign.querySelector(".token").hidden = false;
      token.focus();
      say("First the token, please.");
      return;
    }
    busy = true;
    what.who = sign.elements.who.value;
    fetch(cases().dataset.post, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Sofar-Token": token.value.trim() },
      body: JSON.stringify(what)
    }).then(function (r) {
      if (r.ok) return r.json().then(function (d) { return done(d.decision); }, function (e) {
        say("It is written, but the answer was cut off (" + e.message + "); load the page again.");
      });
      return r.text().then(function (words) {
        if (r.status === 409 || r.status === 404) return again("Refused: " + words);
        if (r.status === 403) sign.querySelector(".token").hidden = false;
        say("Refused: " + words);
      });
    }).catch(function (e) {
      say("That did not arrive: " + e.message);
    }).then(function () { busy = false; });
  }

  function decide(verdict, more, words, written) {
    var one = now();
    if (!one) return;
    var what = { verdict: verdict, subject: cases().dataset.subject, fact: one.dataset.fact, seen: one.dataset.seen };
    Object.keys(more).forEach(function (k) { what[k] = more[k]; });
    send(what, function (d) {
      mine.push(d.id);
      if (written) written();
      one.remove();
      cases().dataset.left = Number(cases().dataset.left) - 1;
      say(words + "; u takes it back.");
      return now() ? show(true) : again();
    });
  }

  function take(id) {
    send({ verdict: "undo", decision: id }, function () {
      mine = mine.filter(function (m) { return m !== id; });
      return again("Taken back.");
    });
  }

  function leave() { location.assign(main.querySelector(".leave").href); }

  var keys = {
    a: function () { decide("accept", {}, "Accepted"); },
    r: function () { decide("reject", {}, "Rejected"); },
    w: function () { if (now()) { why.hidden = false; why.elements.why.focus(); } },
    c: function () {
      var form = now() && now().querySelector(".should");
      if (form) { form.hidden = false; form.querySelector("input").focus(); }
    },
    s: function () {
      if (busy || !now()) return;
      skipped++;
      now().remove();
      say("Left for later.");
      return now() ? show(true) : again();
    },
    u: function () { if (mine.length) take(mine[mine.length - 1]); else say("Nothing was decided in this sitting."); },
    q: leave
  };

  /* what was changed, as sofar review has it */
  function changes(form) {
    var out = [];
    [].forEach.call(form.elements, function (el) {
      var was = el.tagName === "SELECT" ? [].filter.call(el.options, function (o) { return o.defaultSelected; })[0].value : el.defaultValue;
      if (!el.name || el.value === was) return;
      out.push(el.name === "+" ? el.value : el.name + "=" + el.value);
    });
    return out;
  }

  bench.addEventListener("click", function (e) {
    var button = e.target.closest("[data-key]");
    if (button) keys[button.dataset.key]();
  });
  main.addEventListener("click", function (e) {
    if (e.target.classList.contains("no")) { e.target.form.hidden = true; if (now()) now().focus(); }
    if (e.target.classList.contains("back")) take(e.target.closest("[data-decision]").dataset.decision);
  });
  main.addEventListener("submit", function (e) {
    e.preventDefault();
    if (e.target === why) decide("reject", { why: why.elements.why.value }, "Rejected", function () { why.reset(); });
    if (e.target.classList.contains("should")) {
      var should = changes(e.target);
      if (should.length) decide("correct", { should: should }, "Corrected");
      else say("Nothing was changed.");
    }
  });
  document.addEventListener("keydown", function (e) {
    if (e.key === "Escape" && e.target.form && e.target.form.querySelector(".no")) { e.target.form.querySelector(".no").click(); return; }
    if (!sign.elements.keys.checked || e.ctrlKey || e.metaKey || e.altKey || e.repeat) return;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName) && e.target.type !== "checkbox") return;
    if (Object.prototype.hasOwnProperty.call(keys, e.key)) { e.preventDefault(); keys[e.key](); }
  });
  show(true);
})();
