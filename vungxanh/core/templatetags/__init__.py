"""Template tags of the web shell: `{% load vx %}`."""
