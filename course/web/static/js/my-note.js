// A note is kept a moment after the last key press, and when the page is left. One request at a time for each.
const noteKey = newKey()
const changedNotes = new Set()
const busyNotes = new Set()

const keepNote = async form => {
  if (busyNotes.has(form) || !changedNotes.delete(form)) return
  busyNotes.add(form)
  const { text, base } = form.elements
  const body = new FormData(form)
  let said = document.body.dataset.unsaved
  body.set("page", noteKey)
  try {
    const reply = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body, keepalive: true })
    if (!reply.ok) throw reply.status
    const kept = await reply.json()
    said = kept.message ?? document.body.dataset.kept
    base.value = kept.base ?? base.value
    // Words from another device come in, unless somebody types right now.
    if (kept.text && text.value === body.get("text") && text.value.trim() !== kept.text) text.value = kept.text
  } catch {
    changedNotes.add(form)
  }
  form.querySelector("[role=status]").textContent = said
  busyNotes.delete(form)
}
const keepNotes = () => changedNotes.forEach(keepNote)

let notePause
on("input", "form[data-note]", form => {
  changedNotes.add(form)
  clearTimeout(notePause)
  notePause = setTimeout(keepNotes, 1000)
})
on("submit", "form[data-note]", (form, event) => {
  event.preventDefault()
  changedNotes.add(form)
  keepNote(form)
})
addEventListener("online", keepNotes)
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keepNotes())
