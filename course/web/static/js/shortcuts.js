// Keyboard shortcuts: only when nothing is being typed, and none when the reader switched them off.
const typing = target => target.closest?.("input:not([type=radio],[type=checkbox]), textarea, select, [contenteditable]")

const press = selector => document.querySelector(selector)?.click()

const shortcuts = {
  n: () => press("a[rel=next]"),
  p: () => press("a[rel=prev]"),
  h: () => press(".top-name"),
  c: () => {
    const outline = document.querySelector("[data-contents]")
    outline?.tagName === "A" ? outline.click() : outline?.querySelector("a")?.focus()
  },
  "/": () => {
    const field = document.querySelector("[role=search] input")
    field ? field.focus() : press(".top-search")
  },
  "?": async () => {
    const list = await partOf(document.querySelector("[data-display]").href, "dialog")
    if (!list || document.querySelector("dialog[open]")) return
    list.open = false
    document.body.append(list)
    list.addEventListener("close", () => list.remove())
    list.showModal()
  },
}

document.addEventListener("keydown", event => {
  const off = root.dataset.keys === "off" || event.ctrlKey || event.metaKey || event.altKey
  if (off || event.isComposing || typing(event.target)) return
  const act = Object.hasOwn(shortcuts, event.key) && shortcuts[event.key]
  if (act) {
    event.preventDefault()
    act()
  }
})
