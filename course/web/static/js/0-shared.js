// The files of this folder are joined into one module in the order of their names, so they share its top level.
// Each adds one behaviour to a page that works without it. Words come from the page, never from here.
const root = document.documentElement
root.dataset.js = ""

const on = (type, selector, act) =>
  document.addEventListener(type, event => {
    const found = event.target.closest?.(selector)
    if (found) act(found, event)
  })

// A part of another page of this site, or null when it cannot be had.
const partOf = async (address, selector, options) => {
  const reply = await fetch(address, options)
  if (reply.status === 202) return // there is no connection: the service worker keeps the form, and sends it later
  const page = new DOMParser().parseFromString(await reply.text(), "text/html")
  return page.querySelector(selector)
}

// Names one request, or one page, so that the server knows it again.
const newKey = () => crypto.randomUUID?.() ?? Date.now() + "-" + Math.random().toString(36).slice(2)

// Says in a form that what it holds waits on this device.
const sayKept = form => {
  const said = form.querySelector("[data-kept-here]") ?? form.appendChild(document.createElement("p"))
  said.dataset.keptHere = ""
  said.role = "status"
  setTimeout(() => (said.textContent = document.body.dataset.kept))
}
