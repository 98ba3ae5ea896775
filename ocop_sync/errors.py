"""Why a source could not be used, or a run did not go through."""

from typing import TYPE_CHECKING

from catalog.errors import ShopError

if TYPE_CHECKING:
    from ocop_sync.runs.report import Report


class SourceUnusable(ShopError):
    """Unreadable, empty, truncated or of another format. Nothing was changed; exit code 2."""

    code = "source_unusable"
    status = 422
    vi = "Không dùng được nguồn {source}: {found}. Cần: {expected}. Không có gì bị thay đổi."
    en = "The source {source} cannot be used: {found}. Expected: {expected}. Nothing was changed."


class SourceBusy(ShopError):
    """Another run of the same source is at work; exit code 2."""

    code = "source_busy"
    status = 409
    vi = "Nguồn {source} đang được đồng bộ bởi một lần chạy khác. Xin đợi lần chạy đó xong."
    en = "The source {source} is being synced by another run. Please wait for it to end."


class SourceStale(ShopError):
    """A feed older than the one applied last: it came late. Nothing was changed; exit code 2."""

    code = "source_stale"
    status = 409
    vi = "Nguồn {source} nói về ngày {told}, cũ hơn lần đã nhận ({had}). Không có gì bị thay đổi."
    en = "The source {source} tells of {told}, older than what was applied before ({had}). Nothing was changed."


class ClockBackwards(ShopError):
    """The day to judge by lies before the day of the source's last run: a clock is wrong. Exit code 3."""

    code = "clock_backwards"
    status = 409
    vi = (
        "Lần chạy này tính theo ngày {today}, trước ngày {last} của lần chạy gần nhất của nguồn {source}. Chưa đổi gì; "
        "hãy kiểm tra đồng hồ của máy (hoặc --as-of)."
    )
    en = (
        "This run judges by {today}, before {last}, the day of the last run of the source {source}. Nothing was "
        "changed; check the machine's clock (or --as-of)."
    )


class MassDelist(ShopError):
    """The guard: too much would go at once. Nothing was changed; `report` tells what was read; exit code 3."""

    code = "mass_delist"
    status = 409
    vi = "Lần chạy này sẽ gỡ {delists} trong {listed} sản phẩm của nguồn {source}. Chưa đổi gì; chờ cán bộ xác nhận."
    en = (
        "This run would delist {delists} of {listed} products of the source {source}. Nothing was changed; an officer "
        "who has checked the file runs it again with --allow-mass-delist."
    )

    def __init__(self, report: "Report", **data: object) -> None:
        self.report = report
        super().__init__(**data)


class ReleasedAlready(ShopError):
    """A run that the guard stopped is released once."""

    code = "released_already"
    status = 409
    vi = "Lần chạy này đã được cho qua rồi."
    en = "This run has been released already."


class ReleaseStale(ShopError):
    """The run does not wait, or the source was synced since: what would leave the shelf may be different now."""

    code = "release_stale"
    status = 409
    vi = "Lần chạy này không còn chờ xác nhận, hoặc nguồn đã có lần chạy mới hơn. Xin xem lần chạy mới nhất."
    en = "This run waits no longer, or a newer run of the source happened. Please look at the newest one."


class NoReason(ShopError):
    """An officer's decision is kept with its reason."""

    code = "no_reason"
    status = 422
    vi = "Xin ghi lý do cho qua: câu này được lưu trong lịch sử từng sản phẩm."
    en = "Please write why it may pass: the sentence is kept in the history of every product."
