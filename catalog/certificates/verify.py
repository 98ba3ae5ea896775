"""Answering "is this star real and still in force?" for a code from a label's QR."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from catalog import clock
from catalog.certificates.models import Outcome, Recognition, Status
from catalog.certificates.services import verdict_of
from catalog.products.codes import read_code
from catalog.products.models import Product

SENTENCES = {
    "in_force": (
        "Chứng nhận OCOP {star} sao đang còn hiệu lực đến hết ngày {until}.",
        "The OCOP {star}-star certificate is in force until the end of {until}.",
    ),
    "not_yet": ("Chứng nhận có hiệu lực từ ngày {since}.", "The certificate takes effect on {since}."),
    "expired": ("Chứng nhận OCOP đã hết hạn từ sau ngày {until}.", "The OCOP certificate expired after {until}."),
    "revoked": ("Chứng nhận OCOP đã bị thu hồi.", "The OCOP certificate has been revoked."),
    "suspended": ("Sản phẩm đang bị tạm đình chỉ.", "The product is suspended."),
    "held": (
        "Hiện chưa chứng minh được chứng nhận của sản phẩm này; cán bộ chương trình đang kiểm tra.",
        "The certificate of this product cannot be proved at present; a programme officer is looking into it.",
    ),
    "unknown": ("Không có sản phẩm nào mang mã này.", "No product bears this code."),
    "mistyped": (
        "Mã không đúng: mã gồm 7 chữ và số, in cạnh mã QR. Xin kiểm tra lại từng ký tự.",
        "This is not a valid code: it has 7 letters and digits, printed beside the QR. Please check each one.",
    ),
}


@dataclass(frozen=True, slots=True)
class Verification:
    """`state` is a key of `SENTENCES`; the dates are days in Asia/Ho_Chi_Minh; `today` is the day of the answer."""

    state: str
    code: str
    today: date
    product: Product | None = None
    recognition: Recognition | None = None
    since: date | None = None
    until: date | None = None

    def sentence(self, language: str = "vi") -> str:
        """The answer in one sentence, in "vi" or "en"."""
        text = SENTENCES[self.state][1 if language == "en" else 0]
        return text.format(
            star=self.product.star if self.product else "",
            since=f"{self.since:%d/%m/%Y}" if self.since else "",
            until=f"{self.until:%d/%m/%Y}" if self.until else "",
        )

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        proof = self.recognition
        return {
            "code": self.code,
            "state": self.state,
            "today": self.today.isoformat(),
            "name": self.product.name if self.product else None,
            "producer": self.product.producer.name if self.product else None,
            "star": self.product.star if self.product else None,
            "decision": proof.decision_number if proof else None,
            "authority": proof.authority if proof else None,
            "issued_on": proof.issued_on.isoformat() if proof else None,
            "valid_until": self.until.isoformat() if self.until else None,
        }


def verify(text: str) -> Verification:
    """Verify what a person typed or scanned; never raises for a bad code, but says so in `state`."""
    today = clock.today()
    code = read_code(text)
    if code is None:
        return Verification("mistyped", text.strip()[:20], today)
    product = Product.objects.select_related("producer", "current").filter(code=code).first()
    if product is None:
        return Verification("unknown", code, today)
    return Verification(
        _state(product, today),
        code,
        today,
        product,
        product.current or product.recognitions.order_by("-issued_on").first(),
        product.listable_from,
        product.listable_until,
    )


def _state(product: Product, today: date) -> str:
    verdict = verdict_of(product)
    if verdict.allows(today):
        return "in_force"
    if product.blocked == Status.REVOKED:
        return "revoked"
    if product.blocked in (Status.SUSPENDED, "policy"):
        return "suspended"
    if product.blocked or verdict.listable_until is None or verdict.listable_from is None:
        return "held"
    return "not_yet" if today < verdict.listable_from else "expired"


def held_reasons(product: Product) -> list[str]:
    """Reason codes of the present held records about a product, for the officer and the verify page."""
    records = product.source_records.filter(present=True, outcome=Outcome.HELD)
    return sorted({code for record in records for code in record.reasons})
