"""QR codes that persons show: `decision1405`, `cccd`, `bhyt` (read as found), `own` (ours)."""
