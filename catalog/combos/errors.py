"""Refusals around combos."""

from catalog.errors import ShopError


class NoParts(ShopError):
    """A combo without a product."""

    code = "combo_without_parts"
    vi = "Combo chưa có sản phẩm nào."
    en = "The combo has no product yet."


class BadDiscount(ShopError):
    """A percentage out of bounds, or a fixed price that saves nothing."""

    code = "combo_discount"
    status = 422
    vi = "Mức giảm phải từ 0 đến {most} %, hoặc giá cố định phải thấp hơn tổng giá mua lẻ ({alone} đ)."
    en = "The discount must be 0 to {most} %, or the fixed price below the parts bought alone ({alone} đ)."


class BadChoice(ShopError):
    """Not what may be chosen: another number of pieces, more of one than there may be, or not of this combo."""

    code = "combo_choice"
    vi = "Lựa chọn chưa đúng: xin chọn đủ {choose} món trong danh sách, không quá số cho phép của mỗi món."
    en = "That choice does not fit: please choose {choose} pieces from the list, no more of one than is allowed."


class BadPackaging(ShopError):
    """A packaging without a name, too heavy, or for too many pieces."""

    code = "bad_packaging"
    vi = "Hộp phải có tên (tối đa 120 ký tự), nặng từ 0 đến {heaviest} gam và chứa từ 1 đến {pieces} món."
    en = "A box needs a name (at most 120 characters), weighs 0 to {heaviest} grams and holds 1 to {pieces} pieces."


class NotYourPackaging(ShopError):
    """Another sale point's packaging."""

    code = "not_your_packaging"
    status = 404
    vi = "Điểm bán của bạn không có hộp nào mang mã {code}."
    en = "Your sale point has no box with the code {code}."


class TooManyParts(ShopError):
    """More products than a combo takes."""

    code = "combo_too_many_parts"
    status = 422
    vi = "Combo có nhiều nhất {most} sản phẩm."
    en = "A combo takes {most} products at most."


class TooManyPieces(ShopError):
    """More pieces than the box holds."""

    code = "combo_too_many_pieces"
    status = 422
    vi = "Hộp này chứa nhiều nhất {most} món, combo đang có {pieces} món. Xin bớt món hoặc chọn hộp khác."
    en = "This box holds {most} pieces, the combo has {pieces}. Please take some out or choose another box."


class NoPackaging(ShopError):
    """No box, one that is no longer offered, or one of a point that is closed."""

    code = "combo_without_packaging"
    status = 422
    vi = "Xin chọn một hộp đang được điểm bán cung cấp."
    en = "Please choose a box that a sale point offers."


class FewOptions(ShopError):
    """Nothing to choose: the pieces on the list are no more than those to be chosen."""

    code = "combo_few_options"
    status = 422
    vi = "Combo tự chọn cần ít nhất hai sản phẩm và nhiều món hơn số món được chọn ({choose})."
    en = "To choose from, a combo needs two products at least, and more pieces than are chosen ({choose})."


class StandsInTwice(ShopError):
    """In a combo to choose from, nobody could tell which part is meant."""

    code = "combo_stands_in_twice"
    status = 422
    vi = "Trong combo tự chọn, món dự phòng phải khác mọi món trong danh sách và chỉ thay cho một món."
    en = "In a combo to choose from, a substitute must be none of the listed products and stand in for one only."


class PartRefused(ShopError):
    """A product that may not be in a gift box."""

    code = "combo_part"
    status = 422


class PartNotListed(PartRefused):
    """The gate says no today."""

    code = "combo_part_not_listed"
    vi = "Chứng nhận OCOP của {name} không còn hiệu lực hôm nay."
    en = "The OCOP certificate of {name} is not in force today."


class PartAdult(PartRefused):
    """Alcohol."""

    code = "combo_part_adult"
    vi = "{name} là đồ uống có cồn nên không xếp vào hộp quà."
    en = "{name} is an alcoholic drink and cannot be in a gift box."


class PartService(PartRefused):
    """A service."""

    code = "combo_part_service"
    vi = "{name} là dịch vụ nên không xếp vào hộp quà."
    en = "{name} is a service and cannot be in a gift box."


class PartLive(PartRefused):
    """A live plant or animal."""

    code = "combo_part_live"
    vi = "{name} là hàng sống nên không xếp vào hộp quà."
    en = "{name} is live and cannot be in a gift box."


class PartWithdrawn(PartRefused):
    """The pack size is no longer sold."""

    code = "combo_part_withdrawn"
    vi = "Quy cách này của {name} không còn bán."
    en = "This pack size of {name} is no longer sold."


class PartUnknown(PartRefused):
    """No such offer, or a product twice, or a number of pieces out of bounds."""

    code = "combo_part_unknown"
    vi = "Mỗi sản phẩm phải đang có trên chợ, đứng một lần trong combo, từ 1 đến {most} món, và không tự thay cho mình."
    en = "Each product has to be on the market and once in the combo, 1 to {most} pieces, not standing in for itself."


class DiscountOnHealth(PartRefused):
    """No promotion without a confirmed content of its advertising."""

    code = "combo_health_discount"
    vi = "{name} là sản phẩm sức khỏe, chưa có số xác nhận nội dung quảng cáo nên combo có nó không được giảm giá."
    en = "{name} is a health product without a confirmed advertising text: a combo with it cannot have a discount."


class BadCombo(ShopError):
    """Title, story, occasion or place cannot be kept as they are."""

    code = "bad_combo"
    status = 422
    vi = "Combo cần có tên, đúng loại, dịp và tỉnh trong danh sách; lời kể nhiều nhất {most} ký tự."
    en = "A combo needs a title, and a kind, occasion and province of the lists; its story at most {most} characters."


class NotYours(ShopError):
    """Another's combo, producer or sale point; to a stranger there is none."""

    code = "combo_not_yours"
    status = 404
    vi = "Không có combo này trong những combo của bạn."
    en = "This combo is not among yours."


class Changed(ShopError):
    """Somebody changed the combo in the meantime."""

    code = "combo_changed"
    status = 409
    vi = "Trong lúc bạn xem, combo này đã thay đổi. Việc bạn vừa làm chưa được ghi; xin xem lại rồi làm lại."
    en = "Meanwhile this combo was changed. What you did was not recorded; please look and do it again."


class NotNow(ShopError):
    """The combo is not in a state for it."""

    code = "combo_not_now"
    status = 409
    vi = "Không làm được lúc này: combo đang ở trạng thái “{state}”."
    en = "This cannot be done now: the combo is “{state}”."


class ReasonMissing(ShopError):
    """Declining, refusing and withdrawing say why."""

    code = "combo_reason_missing"
    status = 422
    vi = "Xin ghi lý do."
    en = "Please give the reason."


class BadKeeping(ShopError):
    """Not a number of days."""

    code = "combo_keeps_days"
    status = 422
    vi = "Xin ghi mỗi món còn dùng được bao nhiêu ngày khi bạn giao (1 đến {most}), hoặc để trống nếu không có hạn."
    en = "Please say how many days each piece still keeps when you hand it over (1 to {most}); leave empty if none."


class SharesMoved(ShopError):
    """Prices moved, so that a piece would get less than was shown."""

    code = "combo_shares_moved"
    status = 409
    vi = "Giá vừa thay đổi nên số tiền mỗi món của bạn khác với lúc bạn xem. Xin xem lại rồi hãy đồng ý."
    en = "Prices have just changed, and what your pieces get is not what you were shown. Please look again."


class NotAgreed(ShopError):
    """A producer has yet to agree."""

    code = "combo_not_agreed"
    status = 409
    vi = "Chưa duyệt được: {names} chưa đồng ý."
    en = "It cannot be approved yet: {names} did not agree."


class NotSellable(ShopError):
    """Approved it would not be sold today."""

    code = "combo_not_sellable"
    status = 409
    vi = "Chưa duyệt được, vì hôm nay combo sẽ không bán được: {problem}"
    en = "It cannot be approved, since today it would not be sold: {problem}"
