"""What is answered to "is this star real and still in force?", in both languages."""

from datetime import date

from catalog.certificates.models import Recognition
from catalog.certificates.states import Standing, State
from catalog.products.models import Product

SENTENCES = {
    "valid": (
        "Chứng nhận OCOP {star} sao còn hiệu lực đến hết ngày {term_end}.",
        "The OCOP {star}-star certificate is in force until the end of {term_end}.",
    ),
    "expiring": (
        "Chứng nhận OCOP {star} sao còn hiệu lực đến hết ngày {term_end}, còn {n} ngày.",
        "The OCOP {star}-star certificate is in force until the end of {term_end}; days left: {n}.",
    ),
    "last_day": (
        "Chứng nhận OCOP {star} sao còn hiệu lực đến hết hôm nay, ngày {term_end}.",
        "The OCOP {star}-star certificate is in force until the end of today, {term_end}.",
    ),
    "extended": (
        "Chứng nhận OCOP {star} sao hết hạn ngày {term_end}, được giữ đến khi có kết quả đánh giá lại, chậm nhất ngày "
        "{until} (Điều 12.3 Quyết định 26/2026/QĐ-TTg).",
        "The term of the OCOP {star}-star certificate ended on {term_end}; it is kept in force until the result of the "
        "re-evaluation, {until} at the latest (Article 12.3 of Decision 26/2026/QĐ-TTg).",
    ),
    "not_yet": ("Chứng nhận có hiệu lực từ ngày {since}.", "The certificate takes effect on {since}."),
    "expired": ("Chứng nhận OCOP đã hết hạn từ sau ngày {until}.", "The OCOP certificate expired after {until}."),
    "revoked": ("Chứng nhận OCOP đã bị thu hồi.", "The OCOP certificate has been revoked."),
    "revoked_on": (
        "Chứng nhận OCOP đã bị thu hồi ngày {revoked_on}.",
        "The OCOP certificate was revoked on {revoked_on}.",
    ),
    "suspended": ("Sản phẩm đang bị tạm đình chỉ.", "The product is suspended."),
    "unproved": (
        "Hiện chưa chứng minh được chứng nhận của sản phẩm này; cán bộ chương trình đang kiểm tra.",
        "The certificate of this product cannot be proved at present; a programme officer is looking into it.",
    ),
    "unknown": ("Không có sản phẩm nào mang mã này.", "No product bears this code."),
    "mistyped": (
        "Mã không đúng: mã gồm 7 chữ và số, in cạnh mã QR. Xin kiểm tra lại từng ký tự.",
        "This is not a valid code: it has 7 letters and digits, printed beside the QR. Please check each one.",
    ),
}
FILED = (
    " Chủ thể đã nộp hồ sơ đánh giá lại ngày {filed_on}.",
    " The producer filed for re-evaluation on {filed_on}.",
)
GROUND = (" Căn cứ thu hồi: {ground}", " Ground of the revocation: {ground}")


def sentence(
    key: str, standing: Standing | None, product: Product | None, proof: Recognition | None, *, english: bool
) -> str:
    """The answer `key` (a `State`, unknown or mistyped) with its star and days."""
    text = SENTENCES[_finer(key, standing, proof)][english]
    if standing and standing.in_force and standing.filed_on:
        text += FILED[english]
    if key == State.REVOKED and proof and proof.revocation_ground:
        text += GROUND[english]
    return text.format(
        star=product.star if product else "",
        since=_day(standing.since if standing else None),
        term_end=_day(standing.term_end if standing else None),
        until=_day(standing.until if standing else None),
        filed_on=_day(standing.filed_on if standing else None),
        n=standing.days_left if standing else "",
        revoked_on=_day(proof.revoked_on if proof else None),
        ground=_ended(proof.revocation_ground) if proof else "",
    )


def _finer(key: str, standing: Standing | None, proof: Recognition | None) -> str:
    if key == State.EXPIRING and standing and standing.days_left == 0:
        return "last_day"
    if key == State.REVOKED and proof and proof.revoked_on:
        return "revoked_on"
    return key


def _ended(text: str) -> str:
    """A source's own words, as a sentence."""
    text = text.strip()
    return text if not text or text[-1] in ".!?" else f"{text}."


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
