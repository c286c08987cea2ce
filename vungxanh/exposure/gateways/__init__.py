"""Files of exposure notification: logs of phones, keys of cases, export files, PEM."""
