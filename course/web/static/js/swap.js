// A form with data-swap="id" is sent without leaving the page: the reply's element of that id takes the old one's place.
on("submit", "form[data-swap]", async (form, event) => {
  event.preventDefault()
  const data = new FormData(form, event.submitter)
  const id = form.dataset.swap
  const address = new URL(form.action)
  const reading = form.method === "get"
  if (reading) address.search = new URLSearchParams(data)
  else data.set("key", newKey())
  form.setAttribute("aria-busy", "true")
  try {
    const part = await partOf(address, "#" + CSS.escape(id), reading ? {} : { method: "POST", body: data })
    if (!part) return sayKept(form)
    document.getElementById(id).replaceWith(part)
    part.querySelector("[role=status], [data-focus]")?.focus()
  } catch {
    form.removeAttribute("data-swap")
    form.requestSubmit(event.submitter)
  } finally {
    form.removeAttribute("aria-busy")
  }
})
