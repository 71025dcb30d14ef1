// Leads to the field that a comment is about, whichever tab of the form it stands on: when the form is opened at its
// address, and from the panel at the side.
function lead() {
  const link = document.getElementById(location.hash.slice(1));
  if (!link?.matches(".comment-link")) return;
  // Wagtail's own word for "something in here wants to be seen": the tab around it opens.
  link.dispatchEvent(new CustomEvent("w-focus:focus", { bubbles: true }));
  requestAnimationFrame(() => {
    link.scrollIntoView({ block: "center", behavior: "instant" });
    link.focus({ preventScroll: true });
  });
}

window.addEventListener("hashchange", lead);
// A second press on the same entry changes no address.
document.addEventListener("click", (event) => {
  if (event.target.closest(".comments-side a[href^='#']")?.hash === location.hash) lead();
});
window.addEventListener("load", lead);
