"""Codes of places, `payloads`, `links`, `short_codes`, `revocations`; read only `cwa`, `nhs`, `nz`."""
