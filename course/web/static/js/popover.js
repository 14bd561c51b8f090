// Notes, terms and the reader's settings open beside what was pressed, instead of far away.
const roomBelow = (box, height) => innerHeight - box.bottom > height + 16 || box.top < height

const popBeside = (anchor, content, label) => {
  const pop = document.createElement("div")
  pop.className = "pop"
  pop.popover = "auto"
  pop.tabIndex = -1
  pop.role = "dialog"
  pop.ariaLabel = label
  pop.append(...content)
  anchor.after(pop)
  pop.addEventListener("toggle", event => {
    if (event.newState === "closed") pop.remove()
  })
  pop.showPopover()
  if (matchMedia("(min-width: 44em)").matches) {
    const box = anchor.getBoundingClientRect()
    const start = Math.min(Math.max(16, box.left - 24), innerWidth - pop.offsetWidth - 24)
    pop.style.left = start + "px"
    pop.style.top = (roomBelow(box, pop.offsetHeight) ? box.bottom + 8 : box.top - pop.offsetHeight - 8) + "px"
  }
  pop.focus({ preventScroll: true })
}

const copyOf = element => {
  const copy = element.cloneNode(true)
  for (const one of copy.querySelectorAll("[id]")) one.removeAttribute("id")
  return [...copy.childNodes]
}

if ("popover" in HTMLElement.prototype) {
  on("click", ".note-ref a, a.term", (link, event) => {
    const prefix = link.className === "term" ? "word-" : ""
    const target = document.getElementById(prefix + decodeURIComponent(link.hash.slice(1)))
    if (!target || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    popBeside(link, copyOf(target), link.textContent)
  })
}
