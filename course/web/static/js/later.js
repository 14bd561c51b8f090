// What a page can do without a connection comes when the page is there and the device has time for it.
if ("serviceWorker" in navigator) {
  const start = () => (window.requestIdleCallback ?? setTimeout)(() => import(document.body.dataset.offline))
  if (document.readyState === "complete") start()
  else addEventListener("load", start)
}
