"""GET /can-bo/chuong-trinh/: the programme on one page, and each of its tables as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from catalog.regions import provinces, regions
from ocop_sync.desk.access import for_officers
from ocop_sync.desk.programme import question, tables
from ocop_sync.desk.programme.figures import figures


@for_officers("GET", "HEAD")
def programme(request: HttpRequest) -> HttpResponse:
    """GET /can-bo/chuong-trinh/?vung=&tinh=&sao=."""
    asked = question.read(request.GET)
    found = figures(asked)
    context = {
        "asked": asked,
        "found": found,
        "tables": {"tinh": tables.provinces(found)},
        "regions": regions(),
        "provinces": question.Question().provinces(),
        "stars": question.STARS,
    }
    return render(request, "officer/programme.html", context)
