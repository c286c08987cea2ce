"""QR codes of places: `payloads`, `links`, `short_codes`, `revocations` (ours); `cwa`, `nhs`, `nz` (read only)."""
