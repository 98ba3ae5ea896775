"""Certificates in the schema: the decision behind a star, how it stands today, what came before, who says so."""

from dataclasses import dataclass
from typing import Any

import graphene

from catalog.api.words import Date, enum, in_words, many, one, said, speaking
from catalog.certificates.models import Recognition as RecognitionRow
from catalog.certificates.models import Status, Tier
from catalog.certificates.past import Step, history
from catalog.certificates.provenance import Fact as FactRow
from catalog.certificates.provenance import facts_among
from catalog.certificates.services import facts_of, standing_of
from catalog.certificates.states import Standing
from catalog.products.models import Product as ProductRow

STATES = {
    "VALID": ("valid", "In force.", "Còn hiệu lực."),
    "EXPIRING": ("expiring", "In force; its term ends within 180 days.", "Còn hiệu lực, sắp hết hạn trong 180 ngày."),
    "EXTENDED": (
        "extended",
        "Past its term, kept in force by a filing made in time (Article 12.3 of Decision 26/2026/QĐ-TTg).",
        "Hết thời hạn, được giữ hiệu lực vì đã nộp hồ sơ đúng hạn (Điều 12.3 Quyết định 26/2026/QĐ-TTg).",
    ),
    "EXPIRED": ("expired", "Not in force any more.", "Đã hết hạn."),
    "SUSPENDED": ("suspended", "Suspended, by the registry or by the shop.", "Đang bị tạm đình chỉ."),
    "REVOKED": ("revoked", "Revoked for good.", "Đã bị thu hồi."),
    "NOT_YET": ("not_yet", "Not in force yet.", "Chưa có hiệu lực."),
    "UNPROVED": ("unproved", "Cannot be proved at present.", "Hiện chưa chứng minh được."),
}
CertificateState = enum(
    "CertificateState",
    said("How a certificate stands today, in Vietnam.", "Tình trạng của chứng nhận hôm nay, theo giờ Việt Nam."),
    STATES,
)
VerificationState = enum(
    "VerificationState",
    said("The answer about a code.", "Câu trả lời về một mã."),
    {
        **STATES,
        "UNKNOWN": ("unknown", "No product bears this code.", "Không có sản phẩm nào mang mã này."),
        "MISTYPED": (
            "mistyped",
            "No code of ours: its length, letters or check digit are wrong.",
            "Không phải mã của Chợ Sao: sai độ dài, ký tự hoặc ký tự kiểm tra.",
        ),
    },
)
StarChange = enum(
    "StarChange",
    said("A recognition's star beside the one before.", "Hạng sao so với lần công nhận trước."),
    {
        "FIRST": ("first", "The first one.", "Lần đầu."),
        "UP": ("up", "More stars.", "Nâng hạng."),
        "DOWN": ("down", "Fewer stars.", "Xuống hạng."),
        "SAME": ("same", "As many.", "Giữ hạng."),
    },
)
RecognitionStatus = enum(
    "RecognitionStatus",
    said("The registry's word about a recognition.", "Tình trạng của lần công nhận theo sổ đăng ký."),
    {
        "VALID": (Status.VALID.value, "Granted.", "Còn hiệu lực theo thời hạn."),
        "EXTENDED": (Status.EXTENDED.value, "Extended (Article 12.3).", "Được kéo dài (Điều 12.3)."),
        "SUSPENDED": (Status.SUSPENDED.value, "Suspended.", "Tạm đình chỉ."),
        "REVOKED": (Status.REVOKED.value, "Revoked.", "Đã thu hồi."),
    },
)
EvidenceTier = enum(
    "EvidenceTier",
    said("How strong a source's evidence is, best first.", "Mức bằng chứng của nguồn, mạnh nhất trước."),
    {
        "A": (Tier.A.value, "A signed decision with its annex.", "Quyết định đã ký kèm phụ lục."),
        "B1": (Tier.B1.value, "News or a list of a State body.", "Tin hoặc danh sách của cơ quan nhà nước."),
        "B2": (Tier.B2.value, "News of a proposal or evaluation.", "Tin đề xuất, đánh giá."),
        "C": (Tier.C.value, "A shop's or producer's page.", "Trang của cửa hàng hoặc chủ thể."),
    },
)
FactName = enum(
    "FactName",
    said("Which fact.", "Thông tin nào."),
    {
        "STAR": ("star", "The star and its decision.", "Hạng sao và quyết định."),
        "NAME": ("name", "The product's name.", "Tên sản phẩm."),
        "PRODUCER": ("producer", "The producer's name.", "Tên chủ thể."),
        "CATEGORY": ("category", "The category as published.", "Nhóm đã công bố."),
        "SET": ("set_no", "The product set.", "Bộ sản phẩm."),
        "PLACE": ("place", "The address.", "Địa chỉ."),
    },
)


@dataclass(frozen=True, slots=True)
class Certified:
    """A product with the recognition that counts, or the last one known."""

    product: ProductRow
    proof: RecognitionRow
    standing: Standing


@dataclass(frozen=True, slots=True)
class Past:
    """A recognition and its place in the history."""

    step: Step
    row: RecognitionRow
    counts: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A fact in both languages."""

    vi: FactRow
    en: FactRow


def certificate_of(product: ProductRow) -> Certified | None:
    """The certificate that the gate counted; asks nothing."""
    return Certified(product, product.current, standing_of(product)) if product.current else None


class Recognition(graphene.ObjectType):
    """One decision about a product; the rows are `Past`."""

    class Meta:
        description = said("One decision about a product.", "Một lần công nhận sản phẩm.")

    star = one(graphene.Int, "3 to 5 stars.", "Hạng sao, 3 đến 5.", get="row.star")
    score = one(
        graphene.Float, "Points out of 100, where told.", "Điểm trên 100, nếu có.", required=False, get="row.score"
    )
    decision_number = one(graphene.String, "The decision's number.", "Số quyết định.", get="row.decision_number")
    authority = one(graphene.String, "Who granted it.", "Cơ quan ban hành.", get="row.authority")
    issued_on = one(Date, "The decision's day.", "Ngày ban hành.", get="row.issued_on")
    term_ends_on = one(
        Date, "The last day of its own term, 36 months.", "Ngày cuối của thời hạn 36 tháng.", get="step.term_end"
    )
    status = one(RecognitionStatus, "The registry's word.", "Tình trạng theo sổ đăng ký.", get="row.status")
    change = one(StarChange, "Its star beside the one before.", "Hạng sao so với lần trước.", get="step.change.value")
    re_recognised = one(
        graphene.Boolean,
        "Did it take over from one whose term had ended or was ending (Article 7.6)?",
        "Có phải công nhận lại khi lần trước hết hạn hay sắp hết hạn (Điều 7.6)?",
        get="step.re_recognised",
    )
    counts = one(graphene.Boolean, "Is it the one that counts today?", "Có phải lần đang tính hôm nay?")


class FactSource(graphene.ObjectType):
    """Who tells a fact; the rows are `Word`."""

    class Meta:
        description = said("The registry source that tells a fact.", "Nguồn sổ đăng ký cho biết thông tin.")

    name = one(graphene.String, "The source's name.", "Tên nguồn.", get="source")
    tier = one(
        EvidenceTier,
        "How strong its evidence is.",
        "Mức bằng chứng.",
        required=False,
        get=lambda word: word.telling.tier or None,
    )
    read_on = one(Date, "The day on which it was read as it stands.", "Ngày đọc nguồn.")


class Fact(graphene.ObjectType):
    """A fact with its source; the rows are `Told`."""

    class Meta:
        description = said(
            "A fact of the certificate and where it comes from: the source with the best evidence for it.",
            "Một thông tin của chứng nhận và nơi nó đến: nguồn có bằng chứng mạnh nhất cho nó.",
        )

    name = one(FactName, "Which fact.", "Thông tin nào.", get="vi.name")
    label = in_words("What it is called.", "Tên gọi của thông tin.", lambda told, speech: getattr(told, speech).label)
    value = in_words("What it says.", "Nội dung.", lambda told, speech: getattr(told, speech).value)
    source = one(
        FactSource,
        "Who tells it; null where no source that counts tells it any more.",
        "Nguồn cho biết; null nếu không còn nguồn nào nói.",
        required=False,
        get="vi.word",
    )


class Certificate(graphene.ObjectType):
    """The decision behind a star; the rows are `Certified`."""

    class Meta:
        description = said(
            "The decision behind a product's star, and how it stands today (Asia/Ho_Chi_Minh). Granted by the State; "
            "the shop only shows it.",
            "Quyết định đứng sau hạng sao và tình trạng hôm nay (giờ Việt Nam). Nhà nước cấp, Chợ Sao chỉ hiển thị.",
        )

    star = one(graphene.Int, "3 to 5 stars.", "Hạng sao, 3 đến 5.", get="proof.star")
    score = one(
        graphene.Float, "Points out of 100, where told.", "Điểm trên 100, nếu có.", required=False, get="proof.score"
    )
    decision_number = one(graphene.String, "The decision's number.", "Số quyết định.", get="proof.decision_number")
    authority = one(graphene.String, "Who granted it.", "Cơ quan ban hành.", get="proof.authority")
    issued_on = one(Date, "The decision's day.", "Ngày ban hành.", get="proof.issued_on")
    state = one(CertificateState, "How it stands today.", "Tình trạng hôm nay.", get="standing.state.value")
    in_force = one(graphene.Boolean, "Is it in force today?", "Hôm nay có hiệu lực không?", get="standing.in_force")
    since = one(
        Date,
        "Its first day; null while unproved.",
        "Ngày đầu; null khi chưa chứng minh được.",
        required=False,
        get="standing.since",
    )
    term_ends_on = one(
        Date, "The last day of its term.", "Ngày cuối của thời hạn.", required=False, get="standing.term_end"
    )
    until = one(
        Date,
        "The last day of all, an extension included.",
        "Ngày cuối cùng, kể cả kéo dài.",
        required=False,
        get="standing.until",
    )
    days_left = one(
        graphene.Int, "Days left after today.", "Số ngày còn lại sau hôm nay.", required=False, get="standing.days_left"
    )
    filed_on = one(
        Date,
        "The day of the filing that extends it.",
        "Ngày nộp hồ sơ khiến được kéo dài.",
        required=False,
        get="standing.filed_on",
    )
    file_from = one(
        Date,
        "The first day to file for re-evaluation (Article 7.6.a).",
        "Ngày đầu nộp hồ sơ đánh giá lại (Điều 7.6.a).",
        required=False,
        get=lambda held: held.standing.filing and held.standing.filing[0],
    )
    file_by = one(
        Date,
        "The last day to file for re-evaluation.",
        "Ngày cuối nộp hồ sơ đánh giá lại.",
        required=False,
        get=lambda held: held.standing.filing and held.standing.filing[1],
    )
    revoked_on = one(
        Date, "The day of the revocation, where told.", "Ngày thu hồi, nếu có.", required=False, get="proof.revoked_on"
    )
    revocation_ground = one(
        graphene.String,
        "Why it was revoked, where told.",
        "Căn cứ thu hồi, nếu có.",
        required=False,
        get=lambda held: held.proof.revocation_ground or None,
    )
    history = many(Recognition, "All recognitions, the oldest first.", "Mọi lần công nhận, cũ nhất trước.")
    facts = many(
        Fact, "Where each fact comes from, as on the verify page.", "Mỗi thông tin lấy từ đâu, như trên trang xác minh."
    )

    @staticmethod
    def resolve_history(held: Certified, info: Any) -> list[Past]:
        """One question for all certificates of the request."""
        known = info.context.recognitions.get(held.product.pk)
        steps = history([facts_of(row) for row in known])
        return [Past(step, known[step.index], known[step.index].pk == held.product.current_id) for step in steps]

    @staticmethod
    def resolve_facts(held: Certified, info: Any) -> list[Told]:
        """One question for all certificates of the request."""
        records = info.context.records.get(held.product.pk)
        spoken = []
        for language in ("vi", "en"):
            with speaking(language):
                spoken.append(facts_among(held.product, records))
        return [Told(vi, en) for vi, en in zip(*spoken, strict=True)]
