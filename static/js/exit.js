/* "Leave this page now": blanks the page at once and takes it out of the tab's history.
   Without this script the same link leads to the same address; see platform_site/safety/quick_exit.py.
   The strip's link carries the words: data-exit-leaving, and data-exit-two, data-exit-one for the presses left. */
(() => {
  "use strict";
  const root = document.documentElement;
  const link = document.querySelector(".strip-exit[data-exit]");
  if (!link || root.dataset.exit) return; // one listener, even if the file runs twice
  root.dataset.exit = "ready";

  const words = link.dataset;
  const title = document.title;
  const keys = link.querySelector("kbd")?.lastChild;
  const status = document.createElement("span");
  const blank = document.createElement("p");
  let presses = 0;
  let alone = false;
  let timer;
  status.setAttribute("role", "status");
  status.className = "visually-hidden";
  link.after(status);
  blank.setAttribute("role", "alert");

  const forget = () => {
    try {
      for (const store of [localStorage, sessionStorage])
        for (const key of Object.keys(store)) if (key.startsWith("draft:")) store.removeItem(key);
      localStorage.setItem("exit", "now"); // other tabs of this site hear it and leave, too
      localStorage.removeItem("exit");
    } catch {
      // The browser shuts its storage off: nothing was kept.
    }
  };

  const leave = () => {
    if (root.classList.contains("is-leaving")) return;
    root.classList.add("is-leaving");
    document.body.hidden = true;
    document.title = blank.textContent = words.exitLeaving || "…";
    root.append(blank);
    forget();
    location.replace(link.href);
  };

  const count = (number) => {
    presses = number;
    clearTimeout(timer);
    if (keys) keys.nodeValue = keys.nodeValue.replace(/\d/, 3 - number || 3);
    status.textContent = [, words.exitTwo, words.exitOne][number] || "";
    if (number > 2) leave();
    else if (number) timer = setTimeout(count, 5000, 0);
  };

  const on = (type, listener) => addEventListener(type, listener, true);
  on("click", (event) => {
    if (!event.target.closest("a[data-exit]")) return;
    event.preventDefault();
    leave();
  });
  on("keydown", (event) => {
    if (event.key !== "Shift") alone = false;
    else if (!event.repeat) alone = !(event.ctrlKey || event.altKey || event.metaKey);
  });
  on("pointerdown", () => { alone = false; });
  on("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    count(presses + 1);
  });
  on("storage", (event) => {
    if (event.key === "exit" && event.newValue) leave();
  });
  on("pageshow", () => {
    root.classList.remove("is-leaving");
    document.body.hidden = false;
    document.title = title;
    blank.remove();
    count(0);
  });
})();
