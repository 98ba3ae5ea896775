"""Why a source could not be used, or a run did not go through."""

from catalog.errors import ShopError


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


class MassDelist(ShopError):
    """The guard: too much would go at once. Nothing was changed; exit code 3."""

    code = "mass_delist"
    status = 409
    vi = "Lần chạy này sẽ gỡ {delists} trong {listed} sản phẩm của nguồn {source}; cần cán bộ xác nhận."
    en = "This run would delist {delists} of {listed} products of the source {source}; an officer has to confirm it."
