"""What can be wrong with a token and with a registration; nothing was changed."""

from catalog.errors import ShopError


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


class BadTokenKeys(ShopError):
    """`CHOSAO_TOKEN_KEYS` (or the file of that purpose under the home folder) holds no Fernet keys."""

    code = "saleor_token_keys_invalid"
    status = 500
    vi = "CHOSAO_TOKEN_KEYS phải gồm một hay nhiều khóa Fernet, cách nhau bằng dấu phẩy."
    en = "CHOSAO_TOKEN_KEYS must hold one or more Fernet keys, separated by commas."
