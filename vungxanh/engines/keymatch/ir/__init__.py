"""Text of LLVM's intermediate language for the loops that match keys; nothing is compiled here."""
