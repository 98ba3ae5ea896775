"""What the API refuses, each with a stable code, what was wrong and what to do."""

from typing import Final

from catalog.errors import ShopError

IN_THE_ANSWER: Final = 200  # of one field; the others have theirs


class Refused(ShopError):
    """A request that cannot be answered; `status` is HTTP's."""


class MethodNotAllowed(Refused):
    """Neither GET nor POST; `method` is what was sent."""

    code, status = "METHOD_NOT_ALLOWED", 405
    vi = "Không nhận {method}. Hãy gửi truy vấn bằng GET hoặc POST."
    en = "{method} is not answered here. Send the query by GET or POST."


class WrongContentType(Refused):
    """A body that is not JSON; `given` is its type."""

    code, status = "WRONG_CONTENT_TYPE", 415
    vi = "Không đọc được nội dung kiểu “{given}”. Hãy gửi application/json mã UTF-8."
    en = "A body of type “{given}” is not read. Send application/json in UTF-8."


class BodyTooLarge(Refused):
    """More than `most` bytes."""

    code, status = "BODY_TOO_LARGE", 413
    vi = "Yêu cầu dài quá {most} byte. Hãy chia thành nhiều truy vấn ngắn hơn."
    en = "The request is longer than {most} bytes. Split it into shorter queries."


class BadJson(Refused):
    """`part` (`vi_part`) of the request cannot be read."""

    code = "BAD_JSON"
    vi = "{vi_part} không phải là JSON đọc được. Hãy gửi một đối tượng JSON mã UTF-8."
    en = "{part} is no JSON that can be read. Send one JSON object in UTF-8."


class BadRequest(Refused):
    """`part` is of a wrong kind; `kind` and `vi_kind` say which is right."""

    code = "BAD_REQUEST"
    vi = "“{part}” phải là {vi_kind}."
    en = "“{part}” must be {kind}."


class BatchingRefused(Refused):
    """Several queries at once."""

    code = "BATCHING_REFUSED"
    vi = "Mỗi yêu cầu chỉ chạy một truy vấn, không nhận mảng. Hãy gửi từng truy vấn một."
    en = "A request runs one query; an array of them is refused. Send them one by one."


class DocumentTooLarge(Refused):
    """More than `most` of something (`what`, `what_vi`)."""

    code = "DOCUMENT_TOO_LARGE"
    vi = "Truy vấn có {what_vi} vượt mức {most}. Hãy chia thành nhiều truy vấn nhỏ hơn."
    en = "The document has more than {most} {what}. Split it into smaller queries."


class TooDeep(Refused):
    """More than `most` levels of fields."""

    code = "TOO_DEEP"
    vi = "Truy vấn lồng sâu hơn {most} tầng. Hãy hỏi ít tầng hơn, rồi hỏi tiếp bằng mã nhận được."
    en = "The query is nested deeper than {most} levels. Ask for fewer, then go on with the codes that you got."


class TooManyAliases(Refused):
    """`n` aliases; `most` are taken."""

    code = "TOO_MANY_ALIASES"
    vi = "Truy vấn có {n} bí danh, nhiều nhất là {most}. Hãy chia thành nhiều truy vấn."
    en = "The query has {n} aliases; {most} at most. Split it into several queries."


class TooCostly(Refused):
    """`points` over `most`; see `catalog.api.cost`."""

    code = "TOO_COSTLY"
    vi = "Truy vấn tốn {points} điểm, nhiều nhất là {most}. Hãy giảm “first”, bớt trường hoặc chia nhỏ truy vấn."
    en = "The query costs {points} points; {most} at most. Lower “first”, ask for fewer fields or split the query."


class BadFirst(Refused):
    """A page size outside of 1 to `most`."""

    code = "BAD_FIRST"
    vi = "“first” của “{field}” là {given}; phải từ 1 đến {most}. Hãy dùng “after” để lấy trang sau."
    en = "“first” of “{field}” is {given}; it must be 1 to {most}. Use “after” for the next page."


class BadCursor(Refused):
    """No cursor, or one of another list."""

    code, status = "BAD_CURSOR", IN_THE_ANSWER
    vi = "“after” không phải con trỏ của danh sách này. Hãy dùng nguyên “endCursor” của trang trước, cùng các tham số."
    en = "“after” is no cursor of this list. Use “endCursor” of the page before as it is, with the same arguments."


class BadArgument(Refused):
    """A value that cannot be; `reason` and `reason_vi` say why."""

    code, status = "BAD_ARGUMENT", IN_THE_ANSWER
    vi = "“{name}” không nhận giá trị “{given}”: {reason_vi}."
    en = "“{name}” does not take “{given}”: {reason}."


class UnknownOperation(Refused):
    """Several operations, or none of the name; `names` are those that there are."""

    code = "UNKNOWN_OPERATION"
    vi = "Không rõ chạy thao tác nào. Hãy đặt “operationName” là một trong các tên: {names}."
    en = "It is not clear which operation to run. Set “operationName” to one of: {names}."


class ReadOnly(Refused):
    """A mutation or a subscription."""

    code = "READ_ONLY"
    vi = "API chỉ để đọc: không có “{kind}”. Hãy dùng “query”."
    en = "The API is read-only: there is no “{kind}”. Use “query”."


class OutOfTime(Refused):
    """Stopped after `seconds`."""

    code, status = "OUT_OF_TIME", IN_THE_ANSWER
    vi = "Truy vấn chạy quá {seconds} giây nên đã dừng. Hãy hỏi ít hơn mỗi lần."
    en = "The query took more than {seconds} seconds and was stopped. Ask for less at a time."


class RateLimited(Refused):
    """The address has spent its points; `seconds` until the next hour."""

    code, status = "RATE_LIMITED", 429
    vi = "Địa chỉ mạng này đã dùng hết {most} điểm của giờ này. Hãy hỏi lại sau {seconds} giây."
    en = "This network address has used the {most} points of this hour. Ask again in {seconds} seconds."


class Internal(Refused):
    """A fault of ours, which is in the log."""

    code, status = "INTERNAL", IN_THE_ANSWER
    vi = "Có lỗi ở phía chúng tôi và đã được ghi lại. Xin thử lại sau."
    en = "Something went wrong on our side and was noted. Please try again later."


SYNTAX: str = "SYNTAX_ERROR"
INVALID: str = "INVALID_DOCUMENT"
VARIABLES: str = "BAD_VARIABLES"
GRAPHQL_CODES: dict[str, tuple[str, str]] = {  # what GraphQL itself refuses: (what to do in English, in Vietnamese)
    SYNTAX: ("Mend the document at the place named.", "Sửa truy vấn ở vị trí được nêu."),
    INVALID: ("Compare it with the schema.", "Đối chiếu truy vấn với lược đồ."),
    VARIABLES: ("Send variables of the types declared.", "Gửi biến đúng kiểu đã khai báo."),
}


def all_codes() -> list[type[Refused]]:
    """Every refusal, for the documentation."""
    return Refused.__subclasses__()
