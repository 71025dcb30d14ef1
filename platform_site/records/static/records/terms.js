// Turns a select of terms into a list that opens, with a filter by typing. The select stays, holds what is chosen and
// is what is sent. The whole list is fetched and drawn when it is opened first: a form may hold two hundred of them.
const lists = new Map();
const fetched = (url) => {
  if (!lists.has(url)) {
    const answer = fetch(url, { headers: { Accept: "application/json" } }).then((response) => {
      if (!response.ok) throw new Error(String(response.status));
      return response.json();
    });
    answer.catch(() => lists.delete(url));
    lists.set(url, answer);
  }
  return lists.get(url);
};
let number = 0;
const folded = (text) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase();

window.wagtail.app.register(
  "terms",
  class extends window.StimulusModule.Controller {
    static values = { url: String };

    connect() {
      this.words = JSON.parse(document.getElementById("terms-words").textContent);
      this.box = document.createElement("details");
      this.box.className = "terms";
      this.summary = document.createElement("summary");
      this.box.append(this.summary);
      this.box.addEventListener("toggle", () => this.open());
      this.element.hidden = true;
      this.element.after(this.box);
      this.tell();
    }

    disconnect() {
      this.box.remove();
      this.element.hidden = false;
    }

    tell() {
      const chosen = [...this.element.selectedOptions].map((option) => option.text.trim());
      const count = this.words.count.replace("{count}", chosen.length);
      const text = chosen.length ? `${chosen.join(", ")} (${count})` : this.words.none;
      this.summary.textContent = text;
      // The label of the hidden select is not read with the list that stands for it.
      const label = this.element.labels[0]?.textContent.trim();
      if (label) this.summary.setAttribute("aria-label", `${label}: ${text}`);
    }

    async open() {
      if (!this.box.open) return;
      if (!this.list) {
        try {
          const { choices } = await fetched(this.urlValue);
          this.draw(choices);
        } catch {
          this.summary.textContent = this.words.error;
          this.box.open = false;
          return;
        }
      }
      this.search.focus();
    }

    draw(choices) {
      this.tell();
      this.search = document.createElement("input");
      this.search.type = "search";
      this.search.autocomplete = "off";
      this.search.setAttribute("aria-label", this.words.filter);
      this.search.placeholder = this.words.filter;
      this.search.addEventListener("input", (event) => {
        event.stopPropagation();
        this.filter();
      });
      // Enter in the filter must not send the form.
      this.search.addEventListener("keydown", (event) => {
        if (event.key === "Enter") event.preventDefault();
      });
      this.list = document.createElement("ul");
      this.list.className = "terms__list";
      // A retired term that is chosen stands in the select and not in the list.
      const offered = new Set(choices.map(([code]) => code));
      const kept = [...this.element.options].filter((option) => !offered.has(option.value));
      const rows = [...choices, ...kept.map((option) => [option.value, option.text])];
      this.list.append(...rows.map(([code, label]) => this.row(code, label)));
      const above = document.createElement("div");
      above.className = "terms__search";
      above.append(this.search);
      this.box.append(above, this.list);
    }

    row(code, text) {
      const item = document.createElement("li");
      const label = document.createElement("label");
      const box = document.createElement("input");
      box.type = "checkbox";
      box.id = `terms-${(number += 1)}`;
      box.checked = [...this.element.selectedOptions].some((option) => option.value === code);
      box.addEventListener("change", (event) => {
        event.stopPropagation();
        this.choose(code, text, box.checked);
      });
      label.htmlFor = box.id;
      label.append(box, ` ${text}`);
      item.append(label);
      item.dataset.text = folded(text);
      return item;
    }

    choose(code, text, chosen) {
      const option = [...this.element.options].find((known) => known.value === code);
      if (chosen && !option) this.element.append(new Option(text, code, true, true));
      else if (option) option.selected = chosen;
      this.tell();
      this.element.dispatchEvent(new Event("change", { bubbles: true }));
    }

    filter() {
      const wanted = folded(this.search.value.trim());
      for (const item of this.list.children) item.hidden = !item.dataset.text.includes(wanted);
    }
  },
);

// A select of one term of a long list: the page holds what is chosen, the rest comes once for all such selects.
window.wagtail.app.register(
  "term",
  class extends window.StimulusModule.Controller {
    static values = { url: String };

    connect() {
      this.fill();
      // Once more when it did not work: the person wants the list now.
      this.again = () => this.fill();
      this.element.addEventListener("focus", this.again);
    }

    disconnect() {
      this.element.removeEventListener("focus", this.again);
    }

    async fill() {
      if (this.filled) return;
      let choices;
      try {
        ({ choices } = await fetched(this.urlValue));
      } catch {
        return;
      }
      if (this.filled) return;
      this.filled = true;
      const chosen = this.element.value;
      const known = new Map([...this.element.options].map((option) => [option.value, option]));
      const listed = choices.map(([, label, key]) => known.get(String(key)) ?? new Option(label, key));
      // A retired term that is chosen is not in the list and stays where it was.
      this.element.append(...listed);
      this.element.value = chosen;
    }
  },
);
