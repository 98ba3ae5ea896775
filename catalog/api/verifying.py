"""The verify page's answer in the schema."""

from typing import Any

import graphene

from catalog.api import addresses
from catalog.api.certificates import Certificate, Certified, VerificationState
from catalog.api.producers import Producer, adult_argument
from catalog.api.products import Product
from catalog.api.words import Date, in_words, one, said
from catalog.certificates.services import is_listed
from catalog.certificates.verify import Verification as Answer
from catalog.products.models import Product as ProductRow


def _of_product(name: str) -> Any:
    return lambda answer: getattr(answer.product, name) if answer.product else None


def _certificate(answer: Answer) -> Certified | None:
    if answer.product is None or answer.recognition is None or answer.standing is None:
        return None
    return Certified(answer.product, answer.recognition, answer.standing)


class Verification(graphene.ObjectType):
    """The answer about a code; the rows are the verify page's own."""

    class Meta:
        description = said(
            "Is this star real and still in force? The same answer as the verify page's, also for what is not listed.",
            "Sao này có thật không, còn hạn không? Cùng câu trả lời với trang xác minh, kể cả sản phẩm không được bày.",
        )

    code = one(
        graphene.String,
        "The code as read, or as typed where it is none.",
        "Mã đã đọc, hoặc như đã gõ nếu không phải mã.",
    )
    state = one(VerificationState, "The answer.", "Câu trả lời.", get="key")
    in_force = one(
        graphene.Boolean,
        "Is the star in force today?",
        "Hôm nay sao có hiệu lực không?",
        get=lambda answer: bool(answer.standing and answer.standing.in_force),
    )
    day = one(Date, "The day of the answer, in Vietnam.", "Ngày trả lời, theo giờ Việt Nam.", get="today")
    sentence = in_words(
        "The answer in a sentence or two.", "Câu trả lời bằng lời.", lambda answer, speech: answer.sentence(speech)
    )
    url = in_words(
        "The verify page of this code; null where it is none.",
        "Trang xác minh của mã; null nếu không phải mã.",
        lambda answer, _: None if answer.key == "mistyped" else addresses.page("verify_code", answer.code),
        required=False,
    )
    name = one(
        graphene.String,
        "The product's name, to compare with the label.",
        "Tên sản phẩm, để so với nhãn.",
        required=False,
        get=_of_product("name"),
    )
    producer = one(
        Producer,
        "Who was certified, to compare with the label.",
        "Chủ thể, để so với nhãn.",
        required=False,
        get=_of_product("producer"),
    )
    certificate = one(
        Certificate,
        "The facts behind the answer.",
        "Các thông tin đứng sau câu trả lời.",
        required=False,
        get=_certificate,
    )
    is_sample = one(
        graphene.Boolean,
        "Is it made-up sample data?",
        "Có phải dữ liệu mẫu?",
        get=lambda answer: bool(answer.product and answer.product.is_sample),
    )
    product = one(
        Product,
        "The product, where it is listed today (and not for adults only unless `adult`).",
        "Sản phẩm, nếu hôm nay được bày (đồ uống có cồn chỉ khi có `adult`).",
        required=False,
        adult=adult_argument(),
    )

    @staticmethod
    def resolve_product(answer: Answer, _info: Any, adult: bool) -> ProductRow | None:
        """What the gate lets through alone."""
        found = answer.product
        return found if found and is_listed(found) and (adult or not found.adult_only) else None
