"""What can be wrong with a token and with a registration; nothing was changed."""

from typing import Final

from catalog.errors import ShopError
from catalog.saleor.errors import PermissionDenied, SaleorUnavailable


class TokenUnreadable(ShopError):
    """None of the keys opens the stored token: a key was lost, or left out too early."""

    code = "saleor_token_unreadable"
    status = 503
    vi = (
        "Không mở được mã truy cập Saleor đã lưu cho {api_url}. Hãy đưa khóa cũ trở lại CHOSAO_TOKEN_KEYS, "
        "hoặc cài lại ứng dụng trong Saleor."
    )
    en = (
        "The stored token for {api_url} cannot be opened. Put the missing key back into CHOSAO_TOKEN_KEYS, "
        "or install the app in Saleor again."
    )


NOT_NOW: Final = (SaleorUnavailable, PermissionDenied, TokenUnreadable)
"""Saleor cannot be asked at this moment: it is silent, or we have no token that it takes. That passes or is mended."""


class BadTokenKeys(ShopError):
    """`CHOSAO_TOKEN_KEYS` (or the file of that purpose under the home folder) holds no Fernet keys."""

    code = "saleor_token_keys_invalid"
    status = 500
    vi = "CHOSAO_TOKEN_KEYS phải gồm một hay nhiều khóa Fernet, cách nhau bằng dấu phẩy."
    en = "CHOSAO_TOKEN_KEYS must hold one or more Fernet keys, separated by commas."


class RegistrationMalformed(ShopError):
    """Not `{"auth_token": "…"}`, as Saleor posts it."""

    code = "registration_malformed"
    status = 400
    vi = "Yêu cầu đăng ký không đúng định dạng của Saleor."
    en = "This is not a registration as Saleor sends it."


class NotOurSaleor(ShopError):
    """The request names another Saleor than the one in our settings, or the same one by another address."""

    code = "registration_other_saleor"
    status = 403
    vi = (
        "Cửa hàng này chỉ nhận đăng ký từ Saleor ghi trong SALEOR_API_URL, không phải “{theirs}”. Hai địa chỉ phải "
        "giống nhau, kể cả đường dẫn."
    )
    en = (
        "This shop registers only with the Saleor that its SALEOR_API_URL names, not with {theirs!r}. The two "
        "addresses must be the same, the path included."
    )


class TokenRefused(ShopError):
    """Saleor does not know the token, or the app behind it is switched off."""

    code = "registration_token_refused"
    status = 401
    vi = "Saleor không nhận mã truy cập này. Khi cài đặt, hãy để ứng dụng được kích hoạt ngay."
    en = "Saleor does not take this token. Let the app be activated when it is installed."


class NotTheApp(ShopError):
    """A token of Saleor's, but another app's."""

    code = "registration_other_app"
    status = 403
    vi = "Mã truy cập này thuộc ứng dụng khác (“{identifier}”)."
    en = "This token belongs to another app ({identifier!r})."


class PermissionsMissing(ShopError):
    """Our app was given less than it needs."""

    code = "registration_permissions_missing"
    status = 403
    vi = "Ứng dụng chưa được cấp đủ quyền trong Saleor: {permissions}."
    en = "The app was not given all the permissions that it needs in Saleor: {permissions}."


class RegistrationBusy(ShopError):
    """Another registration is being looked into; Saleor shows it as a failed installation that can be retried."""

    code = "registration_busy"
    status = 503
    vi = "Đang xử lý một yêu cầu đăng ký khác. Xin thử lại sau ít giây."
    en = "Another registration is being looked into. Please try again in a few seconds."
