// The editor: a preview while one types, in step with the text; what is written is kept; Markdown by button and key.
// The page works without it. Words come from the page.
const form = document.getElementById("editor")
const text = document.getElementById("text")
const said = form.querySelector("[data-said]")
const PREVIEW_PAUSE = 60
const KEEP_PAUSE = 1500

const say = words => (said.textContent = words)

// ---- The preview ------------------------------------------------------------------------------------------------
let pause
let asked = 0 // the number of the newest question to the server: answers to older ones are not shown
let running

const preview = async (extra = {}) => {
  const mine = ++asked
  running?.abort()
  running = new AbortController()
  const body = new FormData(form)
  body.set("part", "1")
  body.delete("file")
  for (const [name, value] of Object.entries(extra)) body.set(name, value)
  try {
    const reply = await fetch(form.dataset.preview, { method: "POST", body, signal: running.signal })
    if (!reply.ok || reply.status === 202 || mine !== asked) return
    const page = new DOMParser().parseFromString(await reply.text(), "text/html")
    const old = document.getElementById("seen")
    const part = page.getElementById("seen")
    if (!part || mine !== asked) return
    const top = old.scrollTop
    old.replaceWith(part)
    part.scrollTop = top
    mark()
    follow()
    form.dataset.previewed = mine
  } catch (failure) {
    if (failure.name !== "AbortError") say(form.dataset.away)
  }
}

// A question's button and the one for all answers ask for the preview with what they say.
form.addEventListener("click", event => {
  const button = event.target.closest("button[data-try]")
  if (!button) return
  event.preventDefault()
  preview({ [button.name]: button.value }).then(() => {
    const place = button.name === "check" ? "try-" + button.value : "seen-title"
    const there = document.getElementById(place)
    there?.scrollIntoView({ block: "nearest" })
    there?.querySelector("input, button")?.focus({ preventScroll: true })
  })
})

// ---- Keeping what is written ------------------------------------------------------------------------------------
let kept = text.value
let keepPause

const keep = async () => {
  if (text.value === kept || form.dataset.sent) return
  const value = text.value
  const body = new FormData()
  for (const name of ["csrf_token", "base", "text"]) body.set(name, form.elements[name].value)
  try {
    const reply = await fetch(form.dataset.keep, { method: "POST", body, keepalive: value.length < 50_000 })
    if (reply.status !== 204) throw reply.status
    kept = value
    if (text.value === value) say(form.dataset.kept)
  } catch {
    say(form.dataset.away)
    clearTimeout(keepPause)
    keepPause = setTimeout(keep, 10 * KEEP_PAUSE)
  }
}

text.addEventListener("input", () => {
  clearTimeout(pause)
  clearTimeout(keepPause)
  pause = setTimeout(preview, PREVIEW_PAUSE)
  keepPause = setTimeout(keep, KEEP_PAUSE)
  say("")
})
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep())
addEventListener("online", keep)
form.addEventListener("submit", () => (form.dataset.sent = "1"))
addEventListener("pageshow", () => delete form.dataset.sent)

// ---- Lines ------------------------------------------------------------------------------------------------------
// A copy of the text with the textarea's measures says where each line stands, however it is broken.
const mirror = document.createElement("div")
mirror.className = "mirror"
mirror.setAttribute("aria-hidden", "true")
const tops = () => {
  const style = getComputedStyle(text)
  for (const name of ["fontFamily", "fontSize", "lineHeight", "letterSpacing", "tabSize", "paddingInline", "direction"])
    mirror.style[name] = style[name]
  mirror.style.inlineSize = text.clientWidth + "px"
  mirror.replaceChildren(
    ...text.value.split("\n").map(line => {
      const row = document.createElement("div")
      row.textContent = line || " "
      return row
    })
  )
  text.after(mirror)
  const found = [...mirror.children].map(row => row.offsetTop)
  found.push(mirror.scrollHeight)
  mirror.remove()
  return found
}
let lines = null
const linesNow = () => (lines ??= tops())
const forget = () => (lines = null)
text.addEventListener("input", forget)
addEventListener("resize", () => (forget(), mark()))

// A mark stands beside each line in which something is wrong.
const gutter = document.createElement("div")
gutter.className = "gutter"
gutter.setAttribute("aria-hidden", "true")
text.before(gutter)
const mark = () => {
  const remarks = [...document.querySelectorAll("#findings [data-line]")]
  const at = remarks.length ? linesNow() : []
  gutter.replaceChildren(
    ...remarks.map(remark => {
      const sign = document.createElement("a")
      const line = Math.min(+remark.dataset.line, at.length - 1)
      sign.className = remark.classList.contains("remark-error") ? "sign sign-error" : "sign"
      sign.title = remark.querySelector("p").textContent.trim().replace(/\s+/g, " ")
      sign.textContent = remark.classList.contains("remark-error") ? "!" : "·"
      sign.dataset.top = at[line - 1]
      sign.addEventListener("click", () => remark.scrollIntoView({ block: "center" }))
      return sign
    })
  )
  place()
}
const place = () => {
  for (const sign of gutter.children) {
    const top = sign.dataset.top - text.scrollTop
    sign.hidden = top < 0 || top > text.clientHeight - 10
    sign.style.insetBlockStart = text.offsetTop + top + "px"
  }
}

const goTo = line => {
  const rows = text.value.split("\n")
  const start = rows.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0)
  text.focus()
  text.setSelectionRange(start, start + (rows[line - 1] ?? "").length)
  text.scrollTop = Math.max(0, linesNow()[line - 1] - text.clientHeight / 3)
}
document.addEventListener("click", event => {
  const link = event.target.closest("a[data-go]")
  if (!link) return
  event.preventDefault()
  goTo(+link.dataset.go)
})

// ---- In step ----------------------------------------------------------------------------------------------------
// Sections and questions know the line that they came from; between two of them both sides move evenly.
const wide = matchMedia("(min-width: 64em)")
const follow = () => {
  place()
  const seen = document.getElementById("seen")
  const page = seen?.querySelector("[data-anchors]")
  if (!page || !wide.matches) return
  const at = linesNow()
  const start = seen.getBoundingClientRect().top - seen.scrollTop
  const stops = Object.entries(JSON.parse(page.dataset.anchors))
    .map(([id, line]) => [at[line - 1], page.querySelector("#" + CSS.escape(id))?.getBoundingClientRect().top - start])
    .filter(([from, to]) => from !== undefined && !Number.isNaN(to))
    .sort((a, b) => a[0] - b[0])
  stops.unshift([0, 0])
  stops.push([text.scrollHeight - text.clientHeight, seen.scrollHeight - seen.clientHeight])
  const here = text.scrollTop
  const next = Math.max(1, stops.findIndex(stop => stop[0] > here))
  const [before, after] = [stops[next - 1], stops[next] ?? stops.at(-1)]
  const share = after[0] > before[0] ? (here - before[0]) / (after[0] - before[0]) : 0
  seen.scrollTop = before[1] + share * (after[1] - before[1])
}
text.addEventListener("scroll", follow, { passive: true })

// ---- Markdown ---------------------------------------------------------------------------------------------------
// Words go in by the browser's own editing, so that undoing takes them out again.
const put = (from, to, words, select = words.length) => {
  text.focus()
  text.setSelectionRange(from, to)
  if (!document.execCommand("insertText", false, words)) {
    text.setRangeText(words, from, to, "end")
    text.dispatchEvent(new Event("input", { bubbles: true }))
  }
  text.setSelectionRange(from + (select[0] ?? select), from + (select[1] ?? select))
}
const around = (before, after) => {
  const { selectionStart: from, selectionEnd: to, value } = text
  const words = value.slice(from, to)
  const is = value.slice(from - before.length, from) === before && value.slice(to, to + after.length) === after
  if (is) put(from - before.length, to + after.length, words, [0, words.length])
  else put(from, to, before + words + after, [before.length, before.length + words.length])
}
const atLines = change => {
  const { selectionStart, selectionEnd, value } = text
  const from = value.lastIndexOf("\n", selectionStart - 1) + 1
  const end = value.indexOf("\n", selectionEnd)
  const to = end < 0 ? value.length : end
  const made = change(value.slice(from, to).split("\n")).join("\n")
  put(from, to, made, [0, made.length])
}
const before = sign => atLines(rows => (rows.every(row => row.startsWith(sign)) ? rows.map(row => row.slice(sign.length)) : rows.map(row => sign + row)))
const block = words => {
  const { selectionEnd, value } = text
  const end = value.indexOf("\n", selectionEnd)
  const at = end < 0 ? value.length : end
  put(at, at, "\n\n" + words + "\n", [2, 2 + words.length])
}
const tools = {
  bold: () => around("**", "**"),
  italic: () => around("*", "*"),
  link: () => around("[", "](https://)"),
  heading: () => before("## "),
  list: () => before("- "),
  numbers: () => atLines(rows => rows.map((row, at) => at + 1 + ". " + row.replace(/^\d+\. /, ""))),
  quote: () => before("> "),
  note: () => atLines(rows => ["> [!NOTE]", ...rows.map(row => "> " + row)]),
  footnote: () => {
    const label = "note-" + (1 + (text.value.match(/^\[\^/gm) ?? []).length)
    const { selectionEnd, value } = text
    put(value.length, value.length, (value.endsWith("\n") ? "" : "\n") + "\n[^" + label + "]: " + "\n")
    put(selectionEnd, selectionEnd, "[^" + label + "]")
  },
  table: () => block("|  |  |\n|---|---|\n|  |  |"),
  question: () => block(form.dataset.question),
}
form.querySelector("[data-tools]")?.addEventListener("click", event => {
  const button = event.target.closest("button[data-tool]")
  if (button) tools[button.dataset.tool]()
})
const keys = { b: "bold", i: "italic", k: "link" }
text.addEventListener("keydown", event => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return
  const key = event.key.toLowerCase()
  if (key === "s") {
    event.preventDefault()
    form.requestSubmit()
  } else if (keys[key] && !event.shiftKey) {
    event.preventDefault()
    tools[keys[key]]()
  }
})

// ---- Pictures and files -----------------------------------------------------------------------------------------
// Dropped, pasted or chosen: it goes into the draft, and its Markdown where the cursor is.
const add = async (file, words = "") => {
  say(form.dataset.sending)
  const body = new FormData()
  for (const [name, value] of [["csrf_token", form.elements.csrf_token.value], ["part", "1"], ["alt", words]]) body.set(name, value)
  body.set("file", file)
  try {
    const reply = await fetch(form.dataset.upload, { method: "POST", body })
    const { markdown, picture, message } = await reply.json()
    if (!reply.ok) return say(message)
    const at = text.selectionEnd
    const asks = picture && !words
    put(at, at, markdown, asks ? [2, 2] : markdown.length)
    say(asks ? form.dataset.alternative : "")
  } catch {
    say(form.dataset.away)
  }
}
const filesOf = transfer => [...(transfer?.files ?? [])]
if (form.dataset.upload && form.querySelector(".upload")) {
  text.addEventListener("dragover", event => event.dataTransfer?.types.includes("Files") && event.preventDefault())
  for (const [type, from] of [["drop", "dataTransfer"], ["paste", "clipboardData"]])
    text.addEventListener(type, async event => {
      const files = filesOf(event[from])
      if (!files.length) return
      event.preventDefault()
      for (const file of files) await add(file)
    })
  form.querySelector("[data-add]").addEventListener("click", async event => {
    event.preventDefault()
    const [file] = form.elements.file.files
    if (!file) return form.elements.file.focus()
    await add(file, form.elements.alt.value)
    form.elements.file.value = form.elements.alt.value = ""
  })
}

form.querySelector("[data-tools]")?.removeAttribute("hidden")
mark()
