"""The versions: who changed what, one with what would differ if it were in force again, and its file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from catalog import clock
from catalog.search.tokens import folded
from catalog.synonyms import files, services
from catalog.synonyms.changes import diff
from catalog.synonyms.groups import Group, Groups
from catalog.synonyms.models import SynonymVersion
from ocop_sync.desk.access import for_officers

SHOWN = 30


@for_officers("GET", "HEAD")
def history(request: HttpRequest) -> HttpResponse:
    """GET /can-bo/tu-dong-nghia/lich-su/?den=: who changed what, when and why, the newest first, up to a number."""
    asked = request.GET.get("den", "")
    found = services.versions(SHOWN + 1, upto=int(asked) if asked.isdecimal() and len(asked) < 10 else None)
    before = [*found[1:], None]
    rows = [(one, diff(old.groups, one.groups) if old else []) for one, old in zip(found, before, strict=True)]
    context = {
        "rows": rows[:SHOWN],
        "older": found[SHOWN].number if len(found) > SHOWN else None,
        "last": services.latest(),
        "made_at": services.made_at,
    }
    return render(request, "officer/synonym_versions.html", context)


@for_officers("GET", "HEAD")
def show(request: HttpRequest, number: int) -> HttpResponse:
    """GET /can-bo/tu-dong-nghia/lich-su/<number>/: a version, and what would differ if it were in force again."""
    found, last = version_or_404(number), services.latest()
    context = {
        "version": found,
        "last": last,
        "changes": diff(last.groups, found.groups),
        "rows": by_first_word(found.groups),
        "made_at": services.made_at(found),
    }
    return render(request, "officer/synonym_version.html", context)


@for_officers("GET", "HEAD")
def export(request: HttpRequest, number: int) -> HttpResponse:
    """GET /can-bo/tu-dong-nghia/lich-su/<number>.csv: a version's groups as a table."""
    response = HttpResponse(files.write(version_or_404(number).groups), content_type="text/csv; charset=utf-8")
    name = f"tu-dong-nghia-{number}-{clock.today():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def version_or_404(number: int) -> SynonymVersion:
    """The version with this number."""
    try:
        return services.version(number)
    except SynonymVersion.DoesNotExist as error:
        raise Http404 from error


def by_first_word(groups: Groups) -> list[tuple[int, Group]]:
    """Groups with their numbers in the version, in the order of their first words."""
    return sorted(enumerate(groups), key=lambda row: folded(row[1].phrases[0]))
