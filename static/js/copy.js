// Copies the text of the element named by data-copy (an id). The button starts hidden: without this script it could do
// nothing. What it says afterwards comes from data-copied.
for (const button of document.querySelectorAll("[data-copy]")) {
  const words = button.lastElementChild ?? button;
  const before = words.textContent;
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    words.textContent = button.dataset.copied;
    setTimeout(() => { words.textContent = before; }, 4000);
  });
}
