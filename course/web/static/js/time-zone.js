// A new account begins with the time zone of the device; in the settings it stands among the first.
const zoneField = document.querySelector("[data-time-zone]")
if (zoneField) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? ""
  const option = zoneField.querySelector(`[value="${zone}"]`)
  if (option) zoneField.querySelector("optgroup").prepend(option)
  else if (zoneField.type === "hidden") zoneField.value = zone
}
