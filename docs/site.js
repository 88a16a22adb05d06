// The theme's search has no name for screen readers; its field has one in the page's language. A table
// that scrolls can be reached by keyboard.
document.addEventListener("DOMContentLoaded", () => {
  const search = document.querySelector(".md-search");
  const field = document.querySelector(".md-search__input");
  if (search && field) search.setAttribute("aria-label", field.getAttribute("aria-label") || field.placeholder);
  document.querySelectorAll(".md-typeset__scrollwrap").forEach((wrap) => wrap.setAttribute("tabindex", "0"));
});
