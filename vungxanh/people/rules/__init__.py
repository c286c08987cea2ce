"""Pure decisions of the register: codes, tokens, what counts."""
