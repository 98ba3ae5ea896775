"""What can go wrong between the shop and Saleor."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from catalog.errors import ShopError
from catalog.saleor.app.errors import TokenUnreadable


class SaleorUnavailable(ShopError):
    """Saleor could not be reached, or answered that it is busy or broken. What was asked may or may not be done."""

    code = "saleor_unavailable"
    status = 503
    vi = "Hệ thống đặt hàng đang tạm ngừng. Xin thử lại sau ít phút."
    en = "The ordering system is not available at the moment. Please try again in a few minutes."

    @property
    def again_in(self) -> float:
        """Seconds before it is worth asking again; 0 where nobody knows."""
        return float(str(self.data.get("again_in", 0.0)))

    @property
    def was_sent(self) -> bool:
        """Did a request leave? Where none did, nothing was done either."""
        return bool(self.data.get("was_sent", True))


class SaleorBusy(SaleorUnavailable):
    """Not even asked: as many people of this process wait for Saleor as may."""

    code = "saleor_busy"
    vi = "Đang có nhiều người chờ hệ thống đặt hàng. Xin thử lại sau vài giây."
    en = "Many people are waiting for the ordering system. Please try again in a few seconds."


class SaleorFault(ShopError):
    """Saleor answered, but not with anything that the API promises; `reason` is for the log."""

    code = "saleor_fault"
    status = 502
    vi = "Hệ thống đặt hàng trả lời không hợp lệ. Xin thử lại sau ít phút."
    en = "The ordering system gave an invalid answer. Please try again in a few minutes."


class PermissionDenied(ShopError):
    """The app's token is wrong, or the app lacks a permission; `reason` is Saleor's sentence, for the log."""

    code = "saleor_permission_denied"
    status = 502
    vi = "Cửa hàng chưa được cấp quyền trên hệ thống đặt hàng."
    en = "The shop lacks a permission in the ordering system."


# Saleor cannot be asked at this moment: it is silent, or we have no token that it takes. That passes or is mended.
NOT_NOW = (SaleorUnavailable, PermissionDenied, TokenUnreadable)
NO_ANSWER = (*NOT_NOW, SaleorFault)  # what was asked is to be settled yet


@dataclass(frozen=True, slots=True)
class Refusal:
    """One error of a payload. `field` is a field of the input, or the path to it in a bulk row."""

    code: str
    field: str = ""
    message: str = ""
    variants: tuple[str, ...] = ()  # ids of Saleor
    lines: tuple[str, ...] = ()  # ids of Saleor

    @classmethod
    def read(cls, error: Mapping[str, Any]) -> Self:
        """An entry of `errors` as the API gives it."""
        return cls(
            code=str(error.get("code") or "INVALID"),
            field=error.get("field") or error.get("path") or "",
            message=error.get("message") or "",
            variants=tuple(error.get("variants") or ()),
            lines=tuple(error.get("lines") or error.get("orderLines") or ()),
        )


class SaleorRefused(ShopError):
    """A mutation was understood and refused: `refusals` in Saleor's order, `codes` for decisions."""

    code = "saleor_refused"
    status = 409
    vi = "Hệ thống đặt hàng từ chối: {reason}"
    en = "The ordering system refused: {reason}"

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(refusals)
        reason = "; ".join(f"{r.code} {r.field} {r.message}".strip() for r in self.refusals)
        super().__init__(reason=reason)

    @property
    def codes(self) -> frozenset[str]:
        """The distinct codes, such as INSUFFICIENT_STOCK."""
        return frozenset(refusal.code for refusal in self.refusals)
