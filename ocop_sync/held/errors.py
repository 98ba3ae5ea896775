"""Why a decision about a held record, or its evidence, is refused."""

from catalog.errors import ShopError


class Decided(ShopError):
    """Another officer decided in the meantime."""

    code = "record_decided"
    status = 409
    vi = "Trong lúc bạn xem, {who} đã xử lý hồ sơ này ({action}). Việc bạn vừa chọn chưa được ghi; xin xem lại."
    en = "Meanwhile {who} decided about this record ({action}). Your choice was not recorded; please look again."


class RowChanged(ShopError):
    """A run brought the record anew, or judged it differently, since the page was made."""

    code = "row_changed"
    status = 409
    vi = "Hồ sơ này đã đổi từ lúc bạn mở trang (nguồn vừa được đồng bộ). Chưa ghi gì; xin xem lại hồ sơ."
    en = "This record changed since you opened the page (its source was synced). Nothing was recorded; look again."


class NotHeld(ShopError):
    """Neither held nor decided by an officer."""

    code = "record_not_held"
    status = 409
    vi = "Hồ sơ này không còn bị giữ lại nên không có gì để quyết định."
    en = "This record is not held any more, so there is nothing to decide."


class StarAccepted(ShopError):
    """An accepted star jump has become the product's star; what the record proved before is told by no row any more."""

    code = "star_accepted"
    status = 409
    vi = (
        "Hạng 5 sao đã được chấp nhận và đang hiển thị nên không rút lại được. Nếu đó là nhầm lẫn, xin chọn Từ chối: "
        "sản phẩm sẽ rời kệ."
    )
    en = (
        "The 5 stars were accepted and are shown, so that cannot be withdrawn. If it was a mistake, reject the record: "
        "the product will leave the shelf."
    )


class NothingChosen(ShopError):
    """No record was ticked."""

    code = "nothing_chosen"
    status = 422
    vi = "Xin đánh dấu ít nhất một hồ sơ."
    en = "Please tick at least one record."


class TooMany(ShopError):
    """More than one step takes."""

    code = "too_many_records"
    status = 422
    vi = "Mỗi lần xử lý được nhiều nhất {most} hồ sơ."
    en = "At most {most} records can be decided at once."


class WhyMissing(ShopError):
    """Each decision says why; a question says what is asked."""

    code = "why_missing"
    status = 422
    vi = "Xin ghi lý do, hoặc câu hỏi gửi tỉnh."
    en = "Please give the reason, or the question for the province."


class EvidenceMissing(ShopError):
    """A correction without file and link."""

    code = "evidence_missing"
    status = 422
    vi = "Muốn sửa hồ sơ phải kèm bằng chứng: một tệp (quyết định đã ký) hoặc đường dẫn tới văn bản."
    en = "A correction needs evidence: a file (the signed decision) or a link to the document."


class BadLink(ShopError):
    """No address of a web page."""

    code = "bad_link"
    status = 422
    vi = "Đường dẫn phải bắt đầu bằng https:// hoặc http:// và dài không quá {most} ký tự."
    en = "The link has to begin with https:// or http:// and have {most} characters at most."


class BadFile(ShopError):
    """None of the kinds that are kept."""

    code = "bad_file"
    status = 422
    vi = "Tệp “{title}” không nhận được. Xin gửi PDF, JPEG, PNG hoặc DOCX (không macro)."
    en = "The file “{title}” cannot be taken. Please send a PDF, JPEG, PNG or DOCX (without macros)."


class HugeFile(ShopError):
    """Over the limit (megabytes)."""

    code = "huge_file"
    status = 413
    vi = "Tệp “{title}” quá lớn (nhiều nhất {most} MB)."
    en = "The file “{title}” is too large ({most} MB at most)."


class FileNotStored(ShopError):
    """The storage gave no answer."""

    code = "file_not_stored"
    status = 503
    vi = "Hiện chưa lưu được tệp, nên chưa ghi gì. Xin gửi lại sau ít phút."
    en = "The file cannot be stored at present, so nothing was recorded. Please try again in a few minutes."


class NothingCorrected(ShopError):
    """All cells say what the row says."""

    code = "nothing_corrected"
    status = 422
    vi = "Chưa có ô nào khác với dòng gốc."
    en = "No cell differs from the row."


class BadCell(ShopError):
    """A cell that may not be corrected, or not to this text."""

    code = "bad_cell"
    status = 422
    vi = "Không sửa được ô “{cell}” thành “{text}”. Mức bằng chứng chỉ nhận A hoặc B1; mỗi ô nhiều nhất {most} ký tự."
    en = "The cell “{cell}” cannot be made “{text}”. Evidence is A or B1; a cell has {most} characters at most."


class NotWaivable(ShopError):
    """Codes that nobody may wave through; `labels` in words."""

    code = "not_waivable"
    status = 422
    vi = "Không thể chấp nhận khi còn: {labels}. Xin sửa theo bằng chứng, hoặc hỏi lại tỉnh."
    en = "This cannot be accepted because of: {labels}. Correct it by evidence, or ask the province."


class NothingToAccept(ShopError):
    """Nothing holds the record that an officer could wave through."""

    code = "nothing_to_accept"
    status = 422
    vi = "Không có lý do giữ lại nào để chấp nhận."
    en = "There is no reason to accept."


class NameTaken(ShopError):
    """The row bears the names of another product than the one that it is about."""

    code = "name_taken"
    status = 422
    vi = "Tên này đã là của sản phẩm {product}. Nếu dòng này nói về sản phẩm đó, xin chọn “Gộp vào sản phẩm đã có”."
    en = "This name belongs to the product {product}. If the row speaks of it, choose “Merge into a known product”."


class OtherAccepted(ShopError):
    """Of rows of a source that contradict each other one was accepted already, or two at once."""

    code = "other_accepted"
    status = 422
    vi = "Trong các dòng mâu thuẫn nhau chỉ chấp nhận được một (dòng kia: {where}). Xin từ chối dòng sai."
    en = "Of rows that contradict each other about one recognition only one can be accepted (the other: {where})."


class NoSuchProduct(ShopError):
    """Nothing to merge into."""

    code = "no_such_product"
    status = 422
    vi = "Không có sản phẩm nào mang mã “{product}”."
    en = "There is no product with the code “{product}”."


class NothingInForce(ShopError):
    """There is no decision to withdraw."""

    code = "nothing_in_force"
    status = 409
    vi = "Hồ sơ này không có quyết định nào đang có hiệu lực."
    en = "No decision about this record is in force."


class TooManyRows(ShopError):
    """More than one file takes."""

    code = "too_many_rows"
    status = 422
    vi = "Có {count} hồ sơ, mỗi tệp chứa nhiều nhất {most}. Xin lọc hẹp lại, chẳng hạn theo nguồn hoặc tỉnh."
    en = "There are {count} records and a file takes {most} at most. Please narrow the filters, by source or province."
