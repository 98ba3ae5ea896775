"""What can go wrong with a search."""

from catalog.errors import ShopError


class SearchUnavailable(ShopError):
    """There is no index that can be read, and another process is building it."""

    code = "search_unavailable"
    status = 503
    vi = "Chức năng tìm kiếm đang được chuẩn bị. Xin thử lại sau ít phút."
    en = "Search is being prepared. Please try again in a few minutes."


class ReindexTimeout(ShopError):
    """The process that holds the index did not finish the rebuild within `seconds`."""

    code = "reindex_timeout"
    status = 503
    vi = "Tiến trình lập chỉ mục chưa xong sau {seconds} giây."
    en = "The indexing process did not finish within {seconds} seconds."


class IndexRefused(SearchUnavailable):
    """The search server was reached and refused: `reason` is what it said."""

    code = "index_refused"
    vi = "Máy chủ tìm kiếm từ chối: {reason}."
    en = "The search server refuses: {reason}."
