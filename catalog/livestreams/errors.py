"""Why a livestream, its link or a pin is refused."""

from catalog.errors import ShopError


class BadLink(ShopError):
    """The link cannot be used; the sentence says what to paste."""

    code = "bad_link"
    status = 422


class LinkTooLong(BadLink):
    """Longer than any platform's."""

    code = "link_too_long"
    vi = "Đường dẫn dài quá {most} ký tự. Xin chép lại đường dẫn của chính video."
    en = "The link is longer than {most} characters. Please copy the link of the video itself."


class LinkUnreadable(BadLink):
    """Spaces, letters with accents or signs that no link of ours has."""

    code = "link_unreadable"
    vi = "Đường dẫn có khoảng trắng, chữ có dấu hoặc ký tự lạ. Xin chép nguyên đường dẫn từ thanh địa chỉ."
    en = "The link holds spaces, accented letters or odd signs. Please copy it as it stands in the address bar."


class LinkNotHttps(BadLink):
    """http:, javascript:, or no scheme."""

    code = "link_not_https"
    vi = "Đường dẫn phải bắt đầu bằng https://."
    en = "The link has to begin with https://."


class LinkHasUserOrPort(BadLink):
    """A user's name or a port in front of the path: how look-alikes are made."""

    code = "link_with_user_or_port"
    vi = "Đường dẫn có @ hoặc số cổng ở phần tên miền nên không dùng được. Xin chép lại từ thanh địa chỉ."
    en = "The link has an @ or a port number in its host and cannot be used. Please copy it from the address bar."


class LinkOfAnotherSite(BadLink):
    """A host that is not on the list."""

    code = "link_of_another_site"
    vi = "{host} không phải nền tảng được dùng. Xin dùng YouTube, Facebook, TikTok, Shopee Live hoặc Zalo."
    en = "{host} is not a platform that can be used. Please use YouTube, Facebook, TikTok, Shopee Live or Zalo."


class ShortLink(BadLink):
    """A redirector: where it leads can change."""

    code = "short_link"
    vi = "{host} là đường dẫn rút gọn. Xin mở nó, rồi chép địa chỉ hiện ra, dạng {example}."
    en = "{host} is a short link. Please open it and copy the address it leads to, such as {example}."


class LinkOfNoVideo(BadLink):
    """The right host, but not the address of one livestream."""

    code = "link_of_no_video"
    vi = "Đây chưa phải đường dẫn của một phiên phát. Xin chép đường dẫn dạng {example}."
    en = "This is not the link of one livestream. Please copy one such as {example}."


class BadTimes(ShopError):
    """The end is not after the start, or more than twelve hours later, or the start has passed or is far ahead."""

    code = "bad_times"
    status = 422
    vi = "Giờ bắt đầu phải ở phía trước (trong {days} ngày tới); giờ kết thúc sau giờ bắt đầu, nhiều nhất {hours} giờ."
    en = "The start has to lie ahead (within {days} days), the end after it, by {hours} hours at most."


class NotApproved(ShopError):
    """No officer has checked who the host is."""

    code = "host_not_approved"
    status = 409
    vi = "Cán bộ chương trình chưa xác nhận danh tính người phát. Phiên được lưu nháp; sau khi xác nhận hãy công bố."
    en = "An officer has yet to check the host's identity. The session is a draft; publish it after that."


class NotConfirmed(ShopError):
    """A public session, or a change of it, without the content confirmation."""

    code = "content_not_confirmed"
    status = 422
    vi = "Xin đánh dấu xác nhận nội dung: mỗi lần công bố hoặc sửa phiên đã công bố đều cần."
    en = "Please tick the content confirmation: publishing, or changing what is public, needs it each time."


class Changed(ShopError):
    """Somebody changed the session in the meantime."""

    code = "livestream_changed"
    status = 409
    vi = "Trong lúc bạn xem, phiên này đã thay đổi. Việc bạn vừa làm chưa được ghi; xin xem lại rồi làm lại."
    en = "Meanwhile this session was changed. What you did was not recorded; please look and do it again."


class HostChanged(ShopError):
    """Another officer approved or withdrew the host in the meantime."""

    code = "live_host_changed"
    status = 409
    vi = "Trong lúc bạn xem, cán bộ khác đã đổi việc đối chiếu người phát này. Việc bạn vừa làm chưa được ghi."
    en = "Meanwhile another officer changed this host's identity check. What you did was not recorded."


class NotNow(ShopError):
    """The session is not in a state for it."""

    code = "livestream_not_now"
    status = 409
    vi = "Không làm được lúc này: phiên đang ở trạng thái “{state}”."
    en = "This cannot be done now: the session is “{state}”."


class TooEarly(ShopError):
    """It may begin a quarter of an hour early, not more."""

    code = "livestream_too_early"
    status = 409
    vi = "Còn sớm: có thể bắt đầu từ {minutes} phút trước giờ hẹn."
    en = "It is too early: a session can begin from {minutes} minutes before its time."


class NoMoreTime(ShopError):
    """It was prolonged as far as it goes."""

    code = "livestream_no_more_time"
    status = 409
    vi = "Phiên đã kéo dài hết mức ({hours} giờ sau giờ kết thúc dự kiến). Xin lập phiên mới nếu còn phát."
    en = "The session was prolonged as far as it goes ({hours} hours past its end). Please announce a new one."


class OtherPlatform(ShopError):
    """Once it began it stays where it is."""

    code = "livestream_other_platform"
    status = 409
    vi = "Phiên đã bắt đầu nên chỉ đổi được sang đường dẫn khác của {platform}."
    en = "The session has begun: only another link of {platform} can replace its link."


class ReasonMissing(ShopError):
    """Cancelling, stopping and approving say why."""

    code = "livestream_reason_missing"
    status = 422
    vi = "Xin ghi lý do hoặc căn cứ."
    en = "Please give the reason or what it rests on."


class PinRefused(ShopError):
    """A product that may not be pinned."""

    code = "pin_refused"
    status = 409


class PinNotYours(PinRefused):
    """Not the host's, or unknown."""

    code = "pin_not_yours"
    status = 404
    vi = "Không có sản phẩm này trong những sản phẩm bạn bán."
    en = "This product is not among those that you sell."


class PinNotListed(PinRefused):
    """The gate says no today."""

    code = "pin_not_listed"
    vi = "Chứng nhận OCOP của {name} không còn hiệu lực hôm nay nên không ghim được."
    en = "The OCOP certificate of {name} is not in force today, so it cannot be pinned."


class PinNotOnSale(PinRefused):
    """No active offer."""

    code = "pin_not_on_sale"
    vi = "{name} chưa có quy cách nào đang bán nên không ghim được."
    en = "No pack size of {name} is on sale, so it cannot be pinned."


class PinHealth(PinRefused):
    """Advertising health products needs a confirmation number."""

    code = "pin_health"
    vi = "{name} là sản phẩm sức khỏe: quảng cáo cần số xác nhận nội dung, chợ chưa nhận số này nên không ghim được."
    en = "{name} is a health product: advertising it needs a confirmation number, which this shop cannot take yet."


class PinAlcohol(PinRefused):
    """18+."""

    code = "pin_alcohol"
    vi = "{name} là đồ uống có cồn (chỉ cho người đủ 18 tuổi) nên không ghim vào phiên phát."
    en = "{name} is an alcoholic drink (18+) and cannot be pinned to a livestream."


class PinNoParcel(PinRefused):
    """Live plants and animals, services."""

    code = "pin_no_parcel"
    vi = "{name} là cây, con giống sống hoặc dịch vụ, không bán qua giỏ hàng nên không ghim được."
    en = "{name} is live stock or a service, not sold by the basket, so it cannot be pinned."


class ComboNotYours(PinRefused):
    """Unknown, or neither made, packed nor sold by the host."""

    code = "pin_combo_not_yours"
    status = 404
    vi = "Không có combo này trong những combo bạn ghim được."
    en = "This combo is not among those that you can pin."


class ComboNotOnSale(PinRefused):
    """No box of it can be had at this minute; `reason` says why."""

    code = "pin_combo_not_on_sale"
    vi = "Lúc này combo “{name}” không bán được nên không ghim được. {reason}"
    en = "The combo “{name}” cannot be sold at this minute, so it cannot be pinned. {reason}"


class TooManyPins(PinRefused):
    """As many as a page bears."""

    code = "too_many_pins"
    vi = "Mỗi phiên ghim nhiều nhất {most} sản phẩm và combo."
    en = "A session takes {most} pinned products and combos at most."
