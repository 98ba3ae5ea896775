"""The pages: list, form, preview, putting in force."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.errors import ShopError
from catalog.people.models import User
from catalog.search.tokens import folded
from catalog.synonyms import files, services
from catalog.synonyms.changes import diff
from catalog.synonyms.checking import MOST_NOTE
from catalog.synonyms.errors import Changed, ReasonMissing, Refused
from catalog.synonyms.groups import Group, Kind
from catalog.synonyms.preview import MOST_CHANGES
from ocop_sync.desk.access import for_officers
from ocop_sync.desk.synonyms.proposals import Proposal, can_merge, form_group, made_anew, read_draft, read_proposal
from ocop_sync.desk.synonyms.versions import by_first_word, version_or_404


@for_officers("GET", "HEAD")
def overview(request: HttpRequest) -> HttpResponse:
    """GET /can-bo/tu-dong-nghia/?tim=: the groups in force, those with a word that holds what is looked for."""
    return _overview(request)


@for_officers("GET", "HEAD")
def edit(request: HttpRequest, version: int | None = None, index: int | None = None) -> HttpResponse:
    """GET /can-bo/tu-dong-nghia/nhom/ for a new group, /nhom/<version>/<index>/ for one to change."""
    if version is None or index is None:
        return _form(request, Group(Kind.GOODS, ()), base=services.latest().number)
    groups = version_or_404(version).groups
    if index >= len(groups):
        raise Http404
    return _form(request, groups[index], base=version, index=index)


@for_officers("POST")
def try_out(request: HttpRequest) -> HttpResponse:
    """POST /can-bo/tu-dong-nghia/xem-truoc/ with `op` and `base`: what the change would do; nothing is in force yet."""
    return _answered(request, read_proposal, _preview)


@for_officers("POST")
def apply(request: HttpRequest) -> HttpResponse:
    """POST /can-bo/tu-dong-nghia/ap-dung/ with `base`, `draft` or `restored`, and `why`: a new version, in force.

    With `again` what came too late is tried out on the version in force.
    """
    return _answered(request, read_draft, _again if request.POST.get("again") else _apply)


def _overview(request: HttpRequest, error: ShopError | None = None) -> HttpResponse:
    last, wanted = services.latest(), request.GET.get("tim", "").strip()
    rows = [(at, group) for at, group in by_first_word(last.groups) if _holds(group, wanted)]
    context = {
        "last": last,
        "made_at": services.made_at(last),
        "wanted": wanted,
        "sections": [(kind, [row for row in rows if row[1].kind == kind]) for kind in Kind],
        "count": len(last.groups),
        "most_kilobytes": files.MOST_BYTES // 1024,
        "columns": files.COLUMNS,
        "problems": _sentences(error),
    }
    return render(request, "officer/synonyms.html", context, status=error.status if error else 200)


def _form(request: HttpRequest, group: Group, *, base: int, index: int | None = None, **more: Any) -> HttpResponse:
    error = more.get("error")
    context = {
        "group": group,
        "base": base,
        "index": index,
        "kinds": Kind.choices,
        "most_note": MOST_NOTE,
        "problems": _sentences(error),
        "mergeable": isinstance(error, Refused) and can_merge(request),
    }
    return render(request, "officer/synonym_form.html", context, status=error.status if error else 200)


def _form_again(request: HttpRequest, error: ShopError) -> HttpResponse:
    """The form with what was typed, and why it cannot be so."""
    numbers = [request.POST.get(name, "") for name in ("base", "index")]
    base, index = (int(text) if text.isdecimal() and len(text) < 10 else None for text in numbers)
    if base is None:
        return _overview(request, error)
    return _form(request, form_group(request.POST), base=base, index=index, error=error)


def _answered(
    request: HttpRequest,
    read: Callable[[HttpRequest], Proposal],
    act: Callable[[HttpRequest, Proposal], HttpResponse],
) -> HttpResponse:
    """What `act` answers; a refusal where it can be mended: on the form, beside what others changed, or on the list."""
    try:
        proposal = read(request)
        try:
            return act(request, proposal)
        except Changed as error:
            return _late(request, proposal, error)
    except ShopError as error:
        return _form_again(request, error) if request.POST.get("op") in ("save", "merge") else _overview(request, error)


def _apply(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    by, why = cast("User", request.user), request.POST.get("why", "")
    try:
        if proposal.restored is not None:
            made = services.restore(proposal.restored, base=proposal.base, by=by, why=why)
        else:
            made = services.put_in_force(proposal.groups, base=proposal.base, by=by, why=why)
    except ReasonMissing as error:
        return _preview(request, proposal, error)
    said = _("Phiên bản {number} đã vào dùng; mọi trang tìm kiếm theo nó sau một hai giây.")
    messages.success(request, said.format(number=made.number))
    return redirect("officer_synonyms")


def _again(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    newer = made_anew(proposal)
    return _preview(request, newer) if newer else redirect("officer_synonyms")


def _preview(request: HttpRequest, proposal: Proposal, error: ShopError | None = None) -> HttpResponse:
    context = {
        "problems": _sentences(error),
        "proposal": proposal,
        "effects": proposal.effects(),
        "most": MOST_CHANGES,
        "why": request.POST.get("why", ""),
        "most_why": services.MOST_WHY,
    }
    return render(request, "officer/synonym_preview.html", context, status=error.status if error else 200)


def _late(request: HttpRequest, proposal: Proposal, error: Changed) -> HttpResponse:
    """Somebody was quicker: what they changed, what is mine, and a way to make mine anew."""
    seen, last = version_or_404(proposal.base), services.latest()
    context = {
        "proposal": proposal,
        "theirs": diff(seen.groups, last.groups),
        "mine": diff(seen.groups, proposal.groups),
        "can_redo": made_anew(proposal) is not None,
        "why": request.POST.get("why", ""),
        "error": error.message(get_language() or "vi"),
    }
    return render(request, "officer/synonym_late.html", context, status=error.status)


def _holds(group: Group, wanted: str) -> bool:
    return folded(wanted) in " | ".join(map(folded, (*group.phrases, *group.finds, group.note)))


def _sentences(error: ShopError | None) -> list[str]:
    if error is None:
        return []
    return [one.message(get_language() or "vi") for one in (error.problems if isinstance(error, Refused) else [error])]
