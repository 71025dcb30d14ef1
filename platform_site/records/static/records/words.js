// Counts the words of a text while it is written, as the server counts them: without the marks of formatting. With
// data-words-unit-value="characters" it counts characters.
// The sentence comes from data-words-text-value ("{used} of {limit} words"), so that this file has no words of its own.
const pause = 400;

window.wagtail.app.register(
  "words",
  class extends window.StimulusModule.Controller {
    static values = { limit: Number, text: String, unit: String };

    connect() {
      this.line = document.createElement("p");
      this.line.className = "words-counter";
      this.line.setAttribute("role", "status");
      this.element.after(this.line);
      this.listener = () => this.show();
      this.element.addEventListener("input", this.listener);
      this.show();
    }

    disconnect() {
      clearTimeout(this.waiting);
      this.element.removeEventListener("input", this.listener);
      this.line.remove();
    }

    used() {
      if (this.unitValue === "characters") return [...this.element.value.trim()].length;
      const text = this.element.value
        .replace(/\]\([^)]*\)/gu, "]")
        .replace(/^\s*(?:[-*+>]|#{1,6}|\d+[.)])\s+/gmu, "")
        .replace(/[*_`[\]]/gu, "")
        .trim();
      return text ? text.split(/\s+/u).length : 0;
    }

    show() {
      clearTimeout(this.waiting);
      // A screen reader hears the number when the writing pauses, not at every key.
      this.waiting = setTimeout(() => {
        const used = this.used();
        this.line.textContent = this.textValue.replace("{used}", used).replace("{limit}", this.limitValue);
        this.line.classList.toggle("words-counter--over", used > this.limitValue);
      }, this.line.textContent ? pause : 0);
    }
  },
);
