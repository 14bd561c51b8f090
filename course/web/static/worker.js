// The service worker: pages that were opened can be read without a connection, and what is answered then is sent later.
// `FILES`, what every page loads, stands before this text (course/web/offline.py). Words come from pages, never from here.
const HOUR = 3600e3
const PATIENCE = 8000 // milliseconds for a page whose copy is here
const LONGEST = 20000 // milliseconds for sending
const LATER = /\/(answers\/[^/]+|completion|notes|responses)$/ // what may be sent later
const PAGES = "pages-" // a cache for each reader; the rest of its name says whose
const EVERYBODY = "files"

addEventListener("install", event => event.waitUntil(keepFiles(FILES).then(skipWaiting)))
addEventListener("activate", event => event.waitUntil(Promise.all([clients.claim(), sweepFiles()])))
addEventListener("sync", event => event.waitUntil(send()))

addEventListener("fetch", event => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (origin !== location.origin) return
  if (request.method === "POST") {
    if (pathname.endsWith("/sign-out")) event.waitUntil(wipe())
    else if (LATER.test(pathname)) event.respondWith(post(event))
  } else if (request.method === "GET") {
    if (/^\/(static|assets)\//.test(pathname)) event.respondWith(file(request))
    else if (request.mode === "navigate") event.respondWith(open(event))
  }
})

// Messages: {ask, ...}; the answer goes to the port that came with it.
const asked = {
  keep: ({ html, url }) => keep(html, new URL(url)),
  list: async () => ({ entries: await entries(), pages: await titles() }),
  send: () => send(),
  sweep: () => sweepFiles(),
}
addEventListener("message", event =>
  event.waitUntil(asked[event.data.ask](event.data).then(answer => event.ports[0]?.postMessage(answer))),
)
const tell = async said => {
  for (const page of await clients.matchAll({ includeUncontrolled: true })) page.postMessage(said)
}

// ---- Pages and files

const open = async event => {
  const url = new URL(event.request.url)
  const copy = await copyOf(url)
  const coming = fetch(event.request).then(reply => {
    const isPage = reply.ok && reply.headers.get("Content-Type")?.startsWith("text/html")
    if (isPage) event.waitUntil(reply.clone().text().then(html => keep(html, url)).then(send))
    return reply
  })
  const late = copy && new Promise((_, give) => setTimeout(give, PATIENCE))
  try {
    return await (late ? Promise.race([coming, late]) : coming)
  } catch {
    return (await marked(copy)) ?? (await copyOf(new URL(`/${url.pathname.split("/")[1]}/offline`, url))) ?? Response.error()
  }
}

const file = async request => (await caches.match(request, { cacheName: EVERYBODY })) ?? fetch(request)

// Where a page lies in its cache: an attempt has a page for each question.
const placeOf = ({ pathname, searchParams }) =>
  pathname + (searchParams.has("question") ? "?question=" + searchParams.get("question") : "")

const readers = async () => (await caches.keys()).filter(name => name.startsWith(PAGES))

// The one reader whose pages are here; "" for a visitor.
const reader = async () => (await readers())[0]?.slice(PAGES.length) ?? ""

const isFresh = copy => copy.headers.get("X-Until") > Date.now()

const copyOf = async url => {
  for (const name of await readers()) {
    const copy = await caches.match(placeOf(url), { cacheName: name })
    if (copy && isFresh(copy)) return copy
  }
}

const marked = async copy =>
  copy && new Response((await copy.text()).replace("<body", "<body data-copy"), { headers: copy.headers })

// A page says whose it is, for how many hours it may be read here, and whether it may at all.
const keep = async (html, url) => {
  const told = html.match(/<body([^>]*)/)?.[1]
  if (!told) return
  const data = Object.fromEntries([...told.matchAll(/ data-(\w+)(?:="([^"]*)")?/g)].map(([, name, value]) => [name, value]))
  const pages = await pagesOf(data.reader ?? "")
  const put = (place, text) =>
    pages.put(place, new Response(text, {
      headers: { "Content-Type": "text/html; charset=utf-8", "X-Until": Date.now() + (data.hours ?? 720) * HOUR },
    }))
  if ("keep" in data && !url.searchParams.has("answer_to")) await put(placeOf(url), html)
  const words = `/${url.pathname.split("/")[1]}/offline`
  const said = url.pathname !== words && (await (await pages.match(words))?.text())
  const isOld = filesOf(html).some(path => /\/app\.(css|js)$/.test(path) && !said?.includes(path))
  if (said !== false && isOld) await fetch(words).then(async reply => reply.ok && put(words, await reply.text())).catch(() => {})
  await keepFiles(filesOf(html)).catch(() => {})
}

const filesOf = html => [...html.matchAll(/(?:href|src)="(\/(?:static|assets)\/[^"#]+)/g)].map(([, path]) => path)

const keepFiles = async paths => {
  const kept = await caches.open(EVERYBODY)
  for (const path of new Set(paths)) if (!(await kept.match(path))) await kept.add(path)
}

// Copies whose time is over go, and files that neither every page nor a copy that is here needs.
const sweepFiles = async () => {
  const needed = new Set(FILES)
  for (const name of await readers()) {
    const pages = await caches.open(name)
    for (const one of await pages.keys()) {
      const copy = await pages.match(one)
      if (isFresh(copy)) filesOf(await copy.text()).forEach(path => needed.add(path))
      else await pages.delete(one)
    }
  }
  const kept = await caches.open(EVERYBODY)
  for (const one of await kept.keys()) if (!needed.has(new URL(one.url).pathname)) await kept.delete(one)
}

// The cache of a reader. What others kept goes; but a visitor may be the same person, whose sign-in has lapsed.
const pagesOf = async whose => {
  for (const name of await readers()) if (name !== PAGES + whose) await caches.delete(name)
  if (whose) for (const entry of await entries()) if (entry.reader !== whose) await drop(entry)
  return caches.open(PAGES + whose)
}

const wipe = async () => {
  await Promise.all((await caches.keys()).map(name => caches.delete(name)))
  await inQueue("readwrite", queue => queue.clear())
}

const titles = async () => {
  const found = []
  for (const name of await readers()) {
    const pages = await caches.open(name)
    for (const { url } of await pages.keys()) {
      const copy = /\/courses\/[^/]+\/[^/]+\/$/.test(url) && (await pages.match(url))
      const html = copy && isFresh(copy) && (await copy.text())
      if (html) found.push({ url, title: html.match(/<title>([^<]*)/)[1] })
    }
  }
  return found
}

// ---- The queue: forms in the order in which they were sent, each with its key

const inQueue = (mode, act) =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open("course", 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore("queue", { keyPath: "id", autoIncrement: true })
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const change = opening.result.transaction("queue", mode)
      const wish = act(change.objectStore("queue"))
      change.oncomplete = () => resolve(wish?.result)
      change.onabort = () => reject(change.error)
      change.addEventListener("complete", () => opening.result.close())
    }
  })
const entries = () => inQueue("readonly", queue => queue.getAll())
const drop = ({ id }) => inQueue("readwrite", queue => queue.delete(id))

// A form of a page: to the server, or into the queue. What stands in the queue is always sent first.
const post = async event => {
  const { request } = event
  const body = new URLSearchParams([...(await request.clone().formData())].filter(([, value]) => typeof value === "string"))
  if (body.has("timed")) return fetch(request)
  await send()
  const whose = await reader()
  if (!(await entries()).length) {
    try {
      return await fetch(request.url, options(request, rebased(request.url, body)))
    } catch {}
  }
  if (!body.has("key")) body.set("key", crypto.randomUUID())
  rebased(request.url, body)
  await enqueue({ url: request.url, body: String(body), reader: whose, at: Date.now() })
  registration.sync?.register("send").catch(() => {})
  tell({ entries: await entries() })
  if (request.mode !== "navigate") return Response.json({ kept: true, bases: {} }, { status: 202 })
  return Response.redirect(await onward(new URL(request.url), body), 303)
}

const options = (request, body) => ({
  method: "POST",
  body,
  headers: { Accept: request.headers.get("Accept") },
  redirect: request.redirect,
  referrer: request.referrer,
  signal: AbortSignal.timeout(LONGEST),
})

// A note has one text: a later one takes the place of what is still waiting, and keeps what it was based on.
const enqueue = async entry => {
  const body = new URLSearchParams(entry.body)
  const isSame = one => one.url === entry.url && new URLSearchParams(one.body).get("section") === body.get("section")
  const same = entry.url.endsWith("/notes") && (await entries()).find(isSame)
  if (same && same.id !== flying) {
    body.set("base", new URLSearchParams(same.body).get("base"))
    Object.assign(entry, { id: same.id, body: String(body) })
  }
  await inQueue("readwrite", queue => queue.put(entry))
}

// Where the plain form would have gone on to.
const onward = async (url, body) => {
  const page = url.pathname.replace(/(answers\/)?[^/]+$/, "")
  if (url.pathname.endsWith("/completion")) {
    const html = await (await copyOf(new URL(page, url)))?.text()
    return html?.match(/<a [^>]*rel="next" href="([^"]+)"/)?.[1] ?? page
  }
  if (url.pathname.endsWith("/notes")) return `${page}#note-${body.get("section")}`
  if (!url.pathname.endsWith("/responses")) return `${page}#answer-${url.pathname.split("/").pop()}`
  if (body.has("finish")) return page + "submission"
  const question = body.get("question") ?? body.get("here")
  return body.has("switch") ? page.replace(/^\/[^/]+/, "/" + body.get("switch")) : page + (question ? "?question=" + question : "")
}

// What a page has saved changes what its next save is based on; the page may not have heard of it yet.
const learned = new Map()
const pageOf = (url, body) => url + " " + (body.get("page") ?? body.get("key"))
const rebased = (url, body) => {
  const bases = learned.get(pageOf(url, body)) ?? {}
  for (const [name, { from, to }] of Object.entries(bases)) if (from.includes(body.get(name))) body.set(name, to)
  return body
}
const learn = (entry, bases) => {
  const body = new URLSearchParams(entry.body)
  const page = pageOf(entry.url, body)
  const before = learned.get(page) ?? {}
  for (const [position, number] of Object.entries(bases)) {
    const name = "base-" + position
    before[name] = { from: [...(before[name]?.from ?? []), before[name]?.to, body.get(name)], to: String(number) }
  }
  learned.set(page, before)
}

let sending
let flying // the id of the entry that is being sent
const send = () => (sending ??= navigator.locks.request("send", sendAll).finally(() => (sending = undefined)))

const sendAll = async () => {
  if (!(await entries()).length) return
  let token
  try {
    token = await (await fetch("/form-token", { signal: AbortSignal.timeout(LONGEST) })).json()
  } catch {
    return
  }
  if (token.reader) await pagesOf(token.reader)
  for (let entry; (entry = (await entries())[0]); ) {
    if (entry.reader !== token.reader) return tell({ signedOut: true, entries: await entries() })
    if (!(await sendOne(entry, token.csrf_token))) return
  }
}

// Whether the server answered. What it refuses for good is let go, and said.
const sendOne = async (entry, token) => {
  const body = new URLSearchParams(entry.body)
  if (token) body.set("csrf_token", token)
  let reply
  flying = entry.id
  try {
    const headers = { Accept: "application/json" }
    const signal = AbortSignal.timeout(LONGEST)
    reply = await fetch(entry.url, { method: "POST", body, headers, redirect: "manual", signal })
  } catch {
    return false
  }
  if (reply.status >= 500 || reply.status === 429) return false
  const taken = reply.ok || reply.type === "opaqueredirect"
  const said = reply.headers.get("Content-Type")?.startsWith("application/json") ? await reply.json() : {}
  await settle(entry, said.bases ?? {})
  tell({ sent: entry, taken, reply: said, entries: await entries() })
  return true
}

// Out of the queue, and in the same step what comes after it from the same page is based on what was saved now.
const settle = (entry, bases) => {
  learn(entry, bases)
  return inQueue("readwrite", queue => {
    queue.delete(entry.id)
    queue.getAll().onsuccess = ({ target }) => {
      for (const one of target.result) {
        queue.put({ ...one, body: String(rebased(one.url, new URLSearchParams(one.body))) })
      }
    }
  })
}
