"""Files as answers."""

from django.http import HttpResponse

from vungxanh.documents.made import MadeFile


def attached(made: MadeFile) -> HttpResponse:
    """The answer by which a browser keeps a file under its name."""
    answer = HttpResponse(made.content, content_type=made.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return answer
