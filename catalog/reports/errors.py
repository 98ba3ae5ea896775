"""Why a report, a photo or a decision is refused."""

from catalog.errors import ShopError


class TooManyReports(ShopError):
    """This address, or everybody together, sent as many as an hour allows; `seconds` until the next hour."""

    code = "too_many_reports"
    status = 429
    vi = "Vừa có nhiều phản ánh được gửi đến. Xin gửi lại sau {minutes} phút; những gì bạn đã gõ vẫn còn bên dưới."
    en = "Many reports have just been sent. Please try again in {minutes} minutes; what you typed is still below."


class TooManyPhotos(ShopError):
    """More than three."""

    code = "too_many_photos"
    status = 422
    vi = "Mỗi phản ánh gửi được nhiều nhất {most} ảnh."
    en = "A report takes {most} photos at most."


class PhotosTooLarge(ShopError):
    """All together over the limit (megabytes)."""

    code = "photos_too_large"
    status = 413
    vi = "Các ảnh cộng lại quá nặng (nhiều nhất {most} MB). Xin bớt ảnh hoặc chọn ảnh nhỏ hơn."
    en = "The photos are too large together ({most} MB at most). Please send fewer or smaller ones."


class BadPhoto(ShopError):
    """No still photo that we can read; `number` counts from 1."""

    code = "bad_photo"
    status = 422
    vi = "Ảnh thứ {number} không đọc được. Xin gửi ảnh chụp ở dạng JPEG, PNG hoặc WebP."
    en = "Photo {number} cannot be read. Please send a JPEG, PNG or WebP photo."


class HeicPhoto(BadPhoto):
    """HEIC: its decoder is not let near what strangers send."""

    code = "heic_photo"
    vi = "Ảnh thứ {number} ở dạng HEIC, chưa nhận được. Xin gửi ảnh JPEG, hoặc ảnh chụp màn hình của ảnh đó."
    en = "Photo {number} is a HEIC file, which is not accepted. Please send a JPEG, or a screenshot of it."


class MovingPhoto(BadPhoto):
    """An animation."""

    code = "moving_photo"
    vi = "Ảnh thứ {number} là ảnh động. Xin gửi ảnh tĩnh."
    en = "Photo {number} is an animation. Please send a still photo."


class HugePhoto(BadPhoto):
    """More bytes or pixels than we take to memory."""

    code = "huge_photo"
    vi = "Ảnh thứ {number} quá lớn (nhiều nhất {most} MB và khoảng 50 triệu điểm ảnh)."
    en = "Photo {number} is too large ({most} MB and about 50 megapixels at most)."


class PhotosNotStored(ShopError):
    """The storage gave no answer."""

    code = "photos_not_stored"
    status = 503
    vi = "Hiện chưa lưu được ảnh. Xin gửi lại sau ít phút, hoặc gửi phản ánh không kèm ảnh."
    en = "Photos cannot be stored at present. Please try again in a few minutes, or send the report without photos."


class Changed(ShopError):
    """Somebody decided in the meantime."""

    code = "report_changed"
    status = 409
    vi = "Trong lúc bạn xem, {who} đã xử lý phản ánh này ({action}). Việc bạn vừa chọn chưa được ghi; xin xem lại."
    en = "Meanwhile {who} acted on this report ({action}). Your choice was not recorded; please look again."


class NotInHand(ShopError):
    """Only who took the report up decides it."""

    code = "report_not_in_hand"
    status = 409
    vi = "Xin nhận xem xét phản ánh này trước khi kết luận."
    en = "Please take this report up before you decide it."


class ReasonMissing(ShopError):
    """Each decision says why."""

    code = "reason_missing"
    status = 422
    vi = "Xin ghi lý do, và câu trả lời cho người phản ánh khi kết luận."
    en = "Please give the reason, and the answer to the reporter where you decide."


class NothingDone(ShopError):
    """A confirmed report says what was done."""

    code = "nothing_done"
    status = 422
    vi = "Xin chọn ít nhất một việc đã làm."
    en = "Please choose at least one thing that was done."


class NoProduct(ShopError):
    """There is nothing to suspend."""

    code = "report_without_product"
    status = 422
    vi = "Phản ánh này không gắn với sản phẩm nào trên Chợ Sao nên không có gì để tạm ngừng."
    en = "This report names no product of this shop, so there is nothing to suspend."


class NoSuchOriginal(ShopError):
    """The report named as the original is unknown, this one, or itself a duplicate; or this one has duplicates."""

    code = "no_such_original"
    status = 422
    vi = "Không ghi trùng với số {number} được: không có số đó, hoặc một trong hai đã gắn với phản ánh trùng."
    en = "Number {number} cannot be the original: it is not another report, or one of the two is tied to a duplicate."
