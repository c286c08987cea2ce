"""DOCX to text: what the body says, in its order, with the numbers that Word prints by itself."""

from vungxanh.documents.letterfiles.word.reading import read_word

__all__ = ["read_word"]
