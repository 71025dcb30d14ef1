// Turns a long select of terms into a list that opens, with a filter by typing. The select stays and is what is sent.
// The list is drawn when it is opened first: a form may hold two hundred of them.
let number = 0;
const folded = (text) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase();

window.wagtail.app.register(
  "terms",
  class extends window.StimulusModule.Controller {
    static values = { filter: String, none: String, one: String, many: String };

    connect() {
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
      const count = chosen.length === 1 ? this.oneValue : this.manyValue.replace("{count}", chosen.length);
      const text = chosen.length ? `${chosen.join(", ")} (${count})` : this.noneValue;
      this.summary.textContent = text;
      // The label of the hidden select is not read with the list that stands for it.
      const label = this.element.labels[0]?.textContent.trim();
      if (label) this.summary.setAttribute("aria-label", `${label}: ${text}`);
    }

    open() {
      if (!this.box.open) return;
      if (!this.list) this.draw();
      this.search.focus();
    }

    draw() {
      this.search = document.createElement("input");
      this.search.type = "search";
      this.search.autocomplete = "off";
      this.search.setAttribute("aria-label", this.filterValue);
      this.search.placeholder = this.filterValue;
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
      this.list.append(...[...this.element.options].map((option) => this.row(option)));
      this.box.append(this.search, this.list);
    }

    row(option) {
      const item = document.createElement("li");
      const label = document.createElement("label");
      const box = document.createElement("input");
      box.type = "checkbox";
      box.id = `terms-${(number += 1)}`;
      box.checked = option.selected;
      box.addEventListener("change", (event) => {
        event.stopPropagation();
        option.selected = box.checked;
        this.tell();
        this.element.dispatchEvent(new Event("change", { bubbles: true }));
      });
      label.htmlFor = box.id;
      label.append(box, ` ${option.text}`);
      item.append(label);
      item.dataset.text = folded(option.text);
      return item;
    }

    filter() {
      const wanted = folded(this.search.value.trim());
      for (const item of this.list.children) item.hidden = !item.dataset.text.includes(wanted);
    }
  },
);
