// A form that saves itself stops doing so once a button was pressed: what the button does (publish, approve, send back)
// would else be followed by one more version with the same content, in the name of whoever pressed it.
let pressed = false;
let waiting = null;

// The dialogue of a review puts its action into the form before it sends it; no "submit" is heard then.
const acts = (data) => [...data.keys()].some((name) => name.startsWith("action-"));

const stop = () => {
  pressed = true;
  // Announced, but not sent yet: the form waits for a pause in the writing.
  waiting?.preventDefault();
};

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-edit-form]")) {
    stop();
  }
});

window.addEventListener("beforeunload", () => {
  const form = document.querySelector("[data-edit-form]");
  if (form && acts(new FormData(form))) {
    stop();
  }
});

// Back from the page that followed: the form may save itself again.
window.addEventListener("pageshow", () => {
  pressed = false;
});

document.addEventListener("w-autosave:save", (event) => {
  waiting = event;
  if (pressed || acts(event.detail.formData)) {
    event.preventDefault();
  }
});
