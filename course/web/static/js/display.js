// The reader's settings open in place, apply at once, and are kept by the same form as without this script.
if ("popover" in HTMLElement.prototype) {
  on("click", "[data-display]", async (link, event) => {
    event.preventDefault()
    try {
      const form = await partOf(link.href, "form.display")
      popBeside(link, [form], link.getAttribute("aria-label"))
    } catch {
      location = link.href
    }
  })
  on("change", "form.display input", async ({ form, name, value }) => {
    if (value) root.dataset[name] = value
    else delete root.dataset[name]
    fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" })
  })
}
