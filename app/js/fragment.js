// A link may carry a token behind its #, which browsers never send. This puts it into the field that waits for it, and out
// of the address, so that nobody copies it by accident. Sending stays with the person.
const field = document.querySelector("[data-from-fragment]");
const token = decodeURIComponent(location.hash.slice(1));
if (field && token.length > 20) {
  field.value = token;
  history.replaceState(null, "", location.pathname + location.search);
  field.form?.querySelector("button")?.focus();
}
