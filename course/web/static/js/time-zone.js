// A new account begins with the time zone of the device. Settings can change it.
const zoneField = document.querySelector("input[data-time-zone]")
if (zoneField) zoneField.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? ""
