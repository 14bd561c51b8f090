// A menu closes when one clicks elsewhere or presses Escape.
const closeMenus = but => {
  for (const menu of document.querySelectorAll("[data-menu][open]")) if (menu !== but) menu.open = false
}
document.addEventListener("click", event => closeMenus(event.target.closest("[data-menu]")))
document.addEventListener("keydown", event => {
  const menu = event.key === "Escape" && document.querySelector("[data-menu][open]")
  if (menu) {
    menu.open = false
    menu.querySelector("summary").focus()
  }
})
