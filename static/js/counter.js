// Counts the words or characters of a field with data-counter="words|characters" and data-limit while it is written.
// The numbers come from data-counter-text ("{used} of {limit} words"), so that this file has no words of its own.
const pause = 400;

for (const field of document.querySelectorAll("[data-counter][data-limit]")) {
  const limit = Number(field.dataset.limit);
  const line = document.createElement("p");
  const meter = document.createElement("meter");
  const text = document.createElement("span");
  const spoken = document.createElement("span");
  let waiting = 0;

  line.className = "counter";
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  meter.max = Math.round(limit * 1.25);
  meter.high = limit;
  meter.optimum = 0;
  meter.setAttribute("aria-hidden", "true");
  line.append(meter, text, spoken);
  field.after(line);

  const used = () => {
    const value = field.value.trim();
    if (field.dataset.counter === "characters") return [...value].length;
    return value ? value.split(/\s+/u).length : 0;
  };
  const phrase = (count) =>
    (field.dataset.counterText || "{used} / {limit}").replace("{used}", count).replace("{limit}", limit);
  const update = () => {
    const count = used();
    meter.value = count;
    text.textContent = phrase(count);
    line.classList.toggle("is-over", count > limit);
    clearTimeout(waiting);
    // A screen reader hears the number only near or over the limit, and only when the writing pauses.
    waiting = setTimeout(() => {
      spoken.textContent = count > limit * 0.9 ? phrase(count) : "";
    }, pause);
  };
  field.addEventListener("input", update);
  update();
}
