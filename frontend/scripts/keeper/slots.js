// Small things that the page remembers, in localStorage or sessionStorage; where that is full or forbidden they live as
// long as the page.
export function read(storage, name) {
  try {
    return JSON.parse(storage.getItem(name) ?? "null");
  } catch {
    return null;
  }
}

export function write(storage, name, value) {
  try {
    if (value === null) storage.removeItem(name);
    else storage.setItem(name, JSON.stringify(value));
  } catch {
    // remembered by nobody
  }
}
