"""Codes of places: `payloads`, `links`, `short_codes`, `revocations`; `cwa`, `nhs`, `nz` too."""
