// Loaded by app.js when the page is there: the service worker, what waits on this device, and courses kept on it.
const { body, documentElement: root } = document
const { serviceWorker } = navigator
const served = "<!doctype html>" + root.outerHTML // before anything is added

const ask = async (what, more) => {
  const { active } = await serviceWorker.ready
  const { port1, port2 } = new MessageChannel()
  return new Promise(resolve => {
    port1.onmessage = ({ data }) => resolve(data)
    active.postMessage({ ask: what, ...more }, [port2])
  })
}

// Words come from the page that is shown without a connection, which is on the device.
let words
const word = async (name, n) => {
  words ??= fetchPage(`/${root.lang}/offline`).then(page => new Map([...page.querySelectorAll("[data-word]")].map(one => [one.dataset.word, one.textContent])))
  return (await words).get(name).replace("{n}", n)
}
const fetchPage = async address => {
  const copy = await caches.match(address)
  return new DOMParser().parseFromString(await (copy ?? (await fetch(address))).text(), "text/html")
}

// ---- What is said at the top of the page

const strip = Object.assign(document.createElement("div"), { className: "notice notice-care offline-state", role: "status", hidden: true })
document.querySelector("main").prepend(strip)
const lines = new Map()
const say = async (about, name, n) => {
  lines.set(about, name && (await word(name, n)))
  const said = [...lines.values()].filter(Boolean)
  strip.replaceChildren(...said.map(text => Object.assign(document.createElement("p"), { textContent: text })))
  strip.hidden = !said.length
}
const sayWaiting = entries => {
  const count = new Intl.NumberFormat(root.lang).format(entries.length)
  return say("waiting", entries.length && new Intl.PluralRules(root.lang).select(entries.length) === "one" ? "one" : entries.length && "other", count)
}

// ---- What waits is shown in its form, as it was given

const formOf = entry => [...document.forms].find(form => form.action === entry.url && isOf(form, new URLSearchParams(entry.body)))
const isOf = (form, data) => !data.has("section") || form.elements.section?.value === data.get("section")

const fill = (form, data) => {
  for (const field of form.elements) {
    if (!data.has(field.name) || field.type === "hidden" || field.type === "submit") continue
    if (/radio|checkbox/.test(field.type)) field.checked = data.getAll(field.name).includes(field.value)
    else field.value = data.get(field.name)
  }
}
const positions = data => [...data.keys()].flatMap(name => name.match(/^base-(.+)/)?.[1] ?? [])
const uncheck = (form, data) => {
  for (const at of positions(data)) for (const one of form.querySelectorAll(`[data-position="${at}"] :checked`)) one.checked = false
}
const states = (form, data, text) => {
  for (const at of positions(data)) form.querySelector(`[data-position="${at}"] [data-state]`).textContent = text
}

const showWaiting = ({ url, body: text }) => {
  const data = new URLSearchParams(text)
  const form = formOf({ url, body: text })
  if (!form) return
  if ("attempt" in form.dataset) {
    uncheck(form, data)
    fill(form, data)
    states(form, data, body.dataset.kept)
  } else if (url.endsWith("/completion")) {
    form.querySelector("button").hidden = true
    keptIn(form)
  } else {
    fill(form, data)
    form.closest("details")?.setAttribute("open", "")
    keptIn(form)
  }
}
const keptIn = form => {
  const said = form.querySelector("[data-kept-here], [role=status]") ?? form.appendChild(Object.assign(document.createElement("p"), { role: "status" }))
  said.dataset.keptHere = ""
  said.textContent = body.dataset.kept
}

const showSent = async ({ sent, taken, reply }) => {
  const data = new URLSearchParams(sent.body)
  const form = formOf(sent)
  await say("sent", taken ? "sent" : "refused")
  if (!form || !taken) return
  for (const [at, number] of Object.entries(reply.bases ?? {})) form.elements["base-" + at].value = number
  if (reply.base) form.elements.base.value = reply.base
  if ("attempt" in form.dataset) {
    states(form, data, form.dataset.answered)
    form.querySelector("[data-saved]").textContent = reply.message
  } else if (sent.url.includes("/answers/")) await showAnswer(form, data)
  else if (sent.url.endsWith("/completion")) await renew(form.closest("section"), location, ".lesson-done")
  else form.querySelector("[data-kept-here]").textContent = reply.message ?? ""
}

// What was sent is sent once more, to see the feedback to it: its key lets it count once.
const showAnswer = (form, body) => renew(form, form.action, "#" + CSS.escape(form.id), { method: "POST", body })
const renew = async (part, address, selector, options) => {
  const page = new DOMParser().parseFromString(await (await fetch(address, options)).text(), "text/html")
  const fresh = page.querySelector(selector)
  if (fresh) part.replaceWith(fresh)
}

// ---- Signing out takes everything from this device, so what waits is sent before

const leave = async (form, event) => {
  event.preventDefault()
  await Promise.race([ask("send"), new Promise(resolve => setTimeout(resolve, 5000))])
  const { entries } = await ask("list")
  if (!entries.length || confirm(await word("sign-out"))) form.submit()
}

// ---- A course that is kept on this device

const shelf = document.querySelector("[data-keep-course]")
const mine = () => caches.open("pages-" + (body.dataset.reader ?? ""))

const keepCourse = async () => {
  const { keepCourse: listing, size, done, stopped } = shelf.dataset
  const [status, bar, now, away] = ["[role=status]", "progress", "[data-now]", "[data-away]"].map(one => shelf.querySelector(one))
  const inWords = bytes =>
    new Intl.NumberFormat(root.lang, { style: "unit", unit: bytes < 1e6 ? "kilobyte" : "megabyte", maximumSignificantDigits: 2 }).format(bytes / (bytes < 1e6 ? 1e3 : 1e6))
  const show = (text, bytes, kept) => {
    status.textContent = text.replace("{size}", inWords(bytes))
    bar.hidden = true
    now.hidden = kept
    away.hidden = !kept
  }
  const state = async () => {
    const copy = await (await mine()).match(listing)
    if (copy) return show(done, (await copy.json()).bytes, true)
    if (shelf.open) show(size, (await wanted()).bytes, false)
  }
  const wanted = async () => (await fetch(listing)).json()

  now.onclick = async () => {
    try {
      const found = await wanted()
      now.hidden = true
      bar.hidden = false
      bar.max = found.pages.length
      bar.value = 0
      for (const url of found.pages) {
        const reply = await fetch(url)
        if (!reply.ok) throw reply.status
        await ask("keep", { html: await reply.text(), url: new URL(url, location).href })
        bar.value++
        status.textContent = `${bar.value} / ${bar.max}`
      }
      const forever = { "Content-Type": "application/json", "X-Until": Date.now() + body.dataset.hours * 3600e3 }
      await (await mine()).put(listing, new Response(JSON.stringify(found), { headers: forever }))
      await state()
    } catch {
      show(stopped, 0, false)
    }
  }
  away.onclick = async () => {
    const pages = await mine()
    const { pages: urls } = await (await pages.match(listing)).json()
    await Promise.all([...urls, listing].map(url => pages.delete(url)))
    await ask("sweep")
    await state()
  }
  shelf.hidden = false
  shelf.addEventListener("toggle", state)
  await state()
}

// ---- Beginning

const begin = async () => {
  const isNew = !serviceWorker.controller
  await serviceWorker.register("/sw.js")
  let heard = Promise.resolve() // one after the other, as they were said
  serviceWorker.addEventListener("message", ({ data }) => (heard = heard.then(() => hear(data)).catch(() => {})))
  if (isNew) await ask("keep", { html: served, url: location.href })
  if ("copy" in body.dataset) await say("copy", "copy")
  const { entries, pages } = await ask("list")
  entries.forEach(showWaiting)
  if (entries.length) await sayWaiting(entries)
  addEventListener("online", () => {
    say("copy")
    ask("send")
  })
  if (entries.length) ask("send")
  listPages(pages)
  if (shelf && body.dataset.reader) await keepCourse()
}

const hear = async ({ sent, signedOut, entries, ...more }) => {
  if (sent) {
    lines.delete("copy")
    await showSent({ sent, ...more })
  }
  if (signedOut) await say("sent", "signed-out")
  await sayWaiting(entries)
}

const listPages = pages => {
  const place = document.querySelector("[data-kept-pages]")
  if (!place || !pages.length) return
  const link = ({ url, title }) => Object.assign(document.createElement("a"), { href: url, innerHTML: title.split(" · ")[0] })
  place.querySelector("ul").replaceChildren(...pages.map(page => {
    const item = document.createElement("li")
    item.append(link(page))
    return item
  }))
  place.hidden = false
}

document.addEventListener("submit", event => event.target.action.endsWith("/sign-out") && serviceWorker.controller && leave(event.target, event))
begin()
