"""Reading letters from strangers: TXT, DOCX, PDF or a picture to the text as a person reads it."""

from vungxanh.documents.letterfiles.limits import LIMITS, Limits
from vungxanh.documents.letterfiles.reading import read_letter_file
from vungxanh.documents.letterfiles.refusals import LetterFileError, Reason, refused
from vungxanh.documents.letterfiles.types import Kind, LetterText, Ocr, Picture

__all__ = [
    "LIMITS",
    "Kind",
    "LetterFileError",
    "LetterText",
    "Limits",
    "Ocr",
    "Picture",
    "Reason",
    "read_letter_file",
    "refused",
]
