// `course serve --watch`: the page follows the files. It loads again when something new is published, and shows what
// keeps a course from being published. What it shows is the command's own output, in English as on the terminal.
const SEEN = "watch"

const show = lines => {
  document.querySelector(".watch")?.remove()
  if (!lines.length) return
  const panel = document.createElement("aside")
  Object.assign(panel, { className: "watch", role: "status", lang: "en", dir: "ltr" })
  const list = document.createElement("ul")
  for (const line of lines) list.appendChild(document.createElement("li")).textContent = line
  panel.append(Object.assign(document.createElement("p"), { textContent: "Not published: this page is as it was." }), list)
  document.body.append(panel)
}

let shown = "[]"
const look = async () => {
  const reply = document.hidden ? null : await fetch("/watch").catch(() => null)
  if (reply?.ok) {
    const { published, lines } = await reply.json()
    const seen = sessionStorage.getItem(SEEN)
    sessionStorage.setItem(SEEN, published)
    if (seen !== null && seen !== published) return location.reload()
    if (JSON.stringify(lines) !== shown) show(lines)
    shown = JSON.stringify(lines)
  }
  setTimeout(look, 500)
}
look()
