// The clock of the device: what is said of ages rests on it, no verdict but "status old" does.

/** The time in seconds since 1970. */
export function seconds() {
  return Math.floor(Date.now() / 1000);
}
