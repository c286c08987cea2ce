// Remembers a choice of looks where the server can read it too; nothing personal.
const YEAR_IN_SECONDS = 31536000;

export function remember(name, value) {
  const secure = location.protocol === "https:" ? ";Secure" : "";
  document.cookie = `${name}=${value};Path=/;Max-Age=${YEAR_IN_SECONDS};SameSite=Lax${secure}`;
}
