// A list to be put in order: arrows and dragging move an item, and every item's place is a select that works alone.
// Whatever moves, the places are written anew from 1, so that what is sent is what is seen.
const itemsOf = list => [...list.children]
const placeOf = item => item.querySelector("select")

// Whether every item has a place of its own; then they stand in it.
const inPlaces = list => {
  const items = itemsOf(list)
  const places = new Set(items.map(item => placeOf(item).value).filter(Boolean))
  if (places.size < items.length) return false
  const sorted = [...items].sort((a, b) => placeOf(a).value - placeOf(b).value)
  if (sorted.some((item, at) => item !== items[at])) list.append(...sorted)
  return true
}

const numbered = (list, moved) => {
  const items = itemsOf(list)
  items.forEach((item, at) => (placeOf(item).value = at + 1))
  const said = { item: moved.querySelector("label").textContent, place: items.indexOf(moved) + 1 }
  list.parentNode.querySelector("[data-ordered]").textContent = list.dataset.moved.replace(/\{(item|place)\}/g, (_, name) => said[name])
  placeOf(moved).dispatchEvent(new CustomEvent("change", { bubbles: true, detail: "ordered" }))
}

document.querySelectorAll("[data-ordering]").forEach(inPlaces)

// The others are moved around the item, so that it keeps the keyboard's focus and the pointer.
on("click", "[data-move]", button => {
  const item = button.closest("li")
  inPlaces(item.parentNode)
  const up = button.dataset.move < 0
  const other = up ? item.previousElementSibling : item.nextElementSibling
  if (!other) return
  up ? item.after(other) : item.before(other)
  numbered(item.parentNode, item)
  const hidden = getComputedStyle(button).visibility === "hidden"
  const next = hidden ? item.querySelector(`[data-move="${up ? 1 : -1}"]`) : button
  next.focus()
})

// Places are chosen one by one; once all are, one that is taken pushes the others on.
on("change", "[data-ordering] select", (select, event) => {
  const item = select.closest("li")
  const list = item.parentNode
  if (event.detail === "ordered" || itemsOf(list).some(one => !placeOf(one).value)) return
  if (!inPlaces(list)) {
    const others = itemsOf(list).filter(one => one !== item).sort((a, b) => placeOf(a).value - placeOf(b).value)
    others.splice(select.value - 1, 0, item)
    list.append(...others)
  }
  numbered(list, item)
  select.focus()
})

on("pointerdown", "[data-grip]", (grip, event) => {
  const item = grip.closest("li")
  event.preventDefault()
  inPlaces(item.parentNode)
  grip.setPointerCapture(event.pointerId)
  item.classList.add("is-held")
  const middle = one => one.getBoundingClientRect().top + one.offsetHeight / 2
  const move = ({ clientY }) => {
    for (let next; (next = item.nextElementSibling) && clientY > middle(next); ) item.before(next)
    for (let last; (last = item.previousElementSibling) && clientY < middle(last); ) item.after(last)
  }
  grip.addEventListener("pointermove", move)
  grip.addEventListener("lostpointercapture", () => {
    grip.removeEventListener("pointermove", move)
    item.classList.remove("is-held")
    numbered(item.parentNode, item)
  }, { once: true })
})
