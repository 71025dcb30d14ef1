/* "Leave this page now": blanks the page at once and takes it out of the tab's history.
   Without this script the same link leads to the same address; see platform_site/safety/quick_exit.py. */
(() => {
  "use strict";
  const root = document.documentElement;
  const link = document.querySelector("a[data-exit-leaving]");
  if (!link || root.dataset.exit) return; // one listener, even if the file runs twice
  root.dataset.exit = "ready";

  const title = document.title;
  const keys = link.querySelector("kbd");
  const status = document.createElement("span");
  const blank = document.createElement("p");
  let presses = 0;
  let alone = false;
  let timer = 0;
  status.setAttribute("role", "status");
  status.className = "visually-hidden";
  link.after(status);
  blank.setAttribute("role", "alert");

  const forget = () => {
    try {
      for (const store of [localStorage, sessionStorage])
        for (const key of Object.keys(store)) if (key.startsWith("draft:")) store.removeItem(key);
      localStorage.setItem("exit", "now"); // the other tabs of this site hear it and leave, too
      localStorage.removeItem("exit");
    } catch {
      /* storage is shut off: then there is nothing to forget */
    }
  };

  const leave = (forgetting = true) => {
    if (root.classList.contains("is-leaving")) return;
    root.classList.add("is-leaving");
    document.body.hidden = true;
    document.title = blank.textContent = link.dataset.exitLeaving;
    root.append(blank);
    if (forgetting) forget();
    location.replace(link.href);
  };

  const count = (number) => {
    presses = number;
    clearTimeout(timer);
    const left = keys && keys.lastChild;
    if (left) left.nodeValue = left.nodeValue.replace(/\d/, 3 - number || 3);
    status.textContent = ["", link.dataset.exitTwo, link.dataset.exitOne, ""][number];
    if (number === 3) leave();
    else if (number) timer = setTimeout(count, 5000, 0);
  };

  addEventListener("click", (event) => {
    if (!event.target.closest("a[data-exit]")) return;
    event.preventDefault();
    leave();
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Shift") alone = false;
    else if (!event.repeat) alone = !(event.ctrlKey || event.altKey || event.metaKey);
  }, true);
  addEventListener("pointerdown", () => { alone = false; }, true);
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    count(presses + 1);
  }, true);
  addEventListener("storage", (event) => {
    if (event.key === "exit" && event.newValue) leave(false);
  });
  addEventListener("pageshow", () => {
    root.classList.remove("is-leaving");
    document.body.hidden = false;
    document.title = title;
    blank.remove();
    count(0);
  });
})();
