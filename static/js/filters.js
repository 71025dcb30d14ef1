// Facets apply themselves: a change fetches the list, puts the new results in place and reads out the count.
// Without this script the form has its button. The form carries data-filters and data-results (the id of what is
// replaced); inside the results one element carries data-count. A form with data-autosubmit goes off on a change.
{
  const form = document.querySelector("form[data-filters]");
  const spoken = document.createElement("p");
  let waiting = 0;
  let running = null;

  const address = () => {
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value !== "") query.append(name, value);
    return `${form.getAttribute("action") || location.pathname}?${query}`;
  };

  // Only numbers and marks of the facets change, so that the box that has the focus keeps it.
  const refreshFacets = (page) => {
    for (const box of form.querySelectorAll("input[type=checkbox]")) {
      const twin = page.querySelector(
        `[data-filters] input[name="${CSS.escape(box.name)}"][value="${CSS.escape(box.value)}"]`);
      if (!twin) continue;
      const label = box.closest("label");
      const news = twin.closest("label");
      label.className = news.className;
      label.querySelector(".num")?.replaceWith(news.querySelector(".num") ?? "");
    }
  };

  const apply = async () => {
    const target = address();
    const place = document.getElementById(form.dataset.results);
    running?.abort();
    running = new AbortController();
    place.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(target, { signal: running.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(place.id);
      if (!answer.ok || !fresh) throw new Error("no list");
      place.replaceChildren(...fresh.childNodes);
      place.removeAttribute("aria-busy");
      refreshFacets(page);
      history.replaceState(null, "", target);
      spoken.textContent = place.querySelector("[data-count]")?.textContent.trim() ?? "";
    } catch (error) {
      // The plain way always works: let the browser load the page.
      if (error.name !== "AbortError") location.assign(target);
    }
  };

  document.documentElement.classList.add("applies-itself");
  document.addEventListener("change", (event) => {
    const own = event.target.form;
    if (own?.matches("[data-autosubmit]")) own.requestSubmit();
    if (!form || own !== form || !event.target.matches("[type=checkbox], [type=radio], select")) return;
    clearTimeout(waiting);
    waiting = setTimeout(apply, 250);
  });
  if (form) {
    spoken.className = "visually-hidden";
    spoken.setAttribute("role", "status");
    form.after(spoken);
  }
}
