"""What can be wrong with a source: key → (Vietnamese, English). Imports nothing."""

_SAVE_AGAIN = (
    "hãy mở bằng Excel, lưu lại thành .xlsx rồi gửi lại",
    "open it in Excel, save it as .xlsx, send it again",
)

FILES = {
    "no_file": ("không mở được tệp ({reason})", "the file cannot be opened ({reason})"),
    "empty": ("tệp rỗng; hãy kiểm tra lại tệp gốc", "the file is empty; look at the original"),
    "too_large": (
        "tệp nặng {size:,} byte, nhiều nhất được {most:,}; hãy tách thành nhiều tệp",
        "the file has {size:,} bytes, {most:,} at most; split it",
    ),
    "other_kind": (
        "nội dung là {kind}, còn tệp nguồn ghi kind = {wanted!r}; hãy sửa kind hoặc kiểm tra lại tệp",
        "it holds a {kind}, and the file of sources says kind = {wanted!r}; mend the kind, or look at what was sent",
    ),
    "binary": (
        "không phải tệp chữ (có ký tự NUL ở dòng {line}); hãy lưu lại thành CSV UTF-8 hoặc .xlsx",
        "it is no text (a NUL in line {line}); save it as UTF-8 CSV or .xlsx",
    ),
    "mapping": (
        "tệp ánh xạ cột sai: {reason_vi}. Các trường được phép: {fields}",
        "the column mapping is wrong: {reason_en}. Fields allowed: {fields}",
    ),
}

WORKBOOK = {
    "old_excel": (
        f"đây là tệp Excel đời cũ (.xls); {_SAVE_AGAIN[0]}",
        f"this is an old Excel file (.xls); {_SAVE_AGAIN[1]}",
    ),
    "password": (
        "tệp có mật khẩu mở; hãy mở bằng Excel, bỏ mật khẩu (Tệp, Thông tin, Bảo vệ Sổ làm việc), lưu lại rồi gửi lại",
        "the file needs a password; open it in Excel, take the password off (File, Info, Protect Workbook), save it, "
        "send it again",
    ),
    "damaged": (
        f"tệp Excel hỏng hoặc bị cắt cụt ({{reason}}); {_SAVE_AGAIN[0]}, hoặc tải lại tệp gốc",
        f"the Excel file is damaged or truncated ({{reason}}); {_SAVE_AGAIN[1]}, or fetch the original again",
    ),
    "no_workbook": (
        f"tệp không phải sổ tính .xlsx (có thể là .ods, .xlsb, .docx hoặc tệp nén khác); {_SAVE_AGAIN[0]}",
        f"it is no .xlsx workbook (perhaps .ods, .xlsb, .docx or another archive); {_SAVE_AGAIN[1]}",
    ),
    "explodes": (
        f"tệp bung ra quá lớn ({{reason}}), không giống sổ tính bình thường; {_SAVE_AGAIN[0]}",
        f"it unpacks to far too much ({{reason}}), unlike an ordinary workbook; {_SAVE_AGAIN[1]}",
    ),
    "odd_archive": (
        f"tệp nén bất thường ({{reason}}), Excel không ghi như vậy; {_SAVE_AGAIN[0]}",
        f"an odd archive ({{reason}}), which Excel does not write; {_SAVE_AGAIN[1]}",
    ),
    "dtd": (
        f"phần {{part}} có khai báo DTD hoặc thực thể XML, Excel không ghi như vậy; {_SAVE_AGAIN[0]}",
        f"the part {{part}} declares a DTD or XML entities, which Excel does not write; {_SAVE_AGAIN[1]}",
    ),
    "far_cell": (
        'trang tính "{sheet}" trải rộng {rows:,} dòng × {columns:,} cột (có ô ở tận {cell}); hãy xóa các ô lạc nằm '
        "ngoài bảng (hoặc tách bảng thành nhiều tệp), lưu lại rồi gửi lại",
        'the sheet "{sheet}" spans {rows:,} rows × {columns:,} columns (a cell as far as {cell}); delete the stray '
        "cells outside the table (or split the table), save it, send it again",
    ),
    "long_cell": (
        'trang tính "{sheet}" dòng {row}: một ô hoặc cả dòng dài bất thường (hơn {most:,} ký tự); hãy sửa dòng đó',
        'the sheet "{sheet}", row {row}: a cell or the whole row is unusually long (over {most:,} characters); mend it',
    ),
    "too_much": (
        "đọc sổ tính này cần quá nhiều bộ nhớ hoặc thời gian; hãy chép riêng bảng sản phẩm sang một tệp mới",
        "reading this workbook takes too much memory or time; copy the table of products into a new file",
    ),
}

TABLES = {
    "no_header": (
        "không thấy dòng tiêu đề có cả tên sản phẩm và chủ thể (Tên sản phẩm, Chủ thể); hãy đổi tên cột cho đúng, hoặc "
        "khai ánh xạ cột",
        "no header row names both the product and the producer (Tên sản phẩm, Chủ thể); rename the columns or give a "
        "column mapping",
    ),
    "no_row": (
        "có dòng tiêu đề nhưng không có sản phẩm nào bên dưới",
        "there is a header without any product below it",
    ),
    "mixed_encoding": (
        "dòng {line} không cùng bảng mã với các dòng trước (tệp ghép từ nhiều nguồn, hoặc bị cắt giữa chừng); hãy mở "
        "tệp gốc, lưu lại thành CSV UTF-8",
        "line {line} is not in the encoding of the lines before it (a file put together from several, or cut off); "
        "open the original and save it as UTF-8 CSV",
    ),
    "unknown_encoding": (
        "dòng {line} không phải UTF-8, cũng không phải Windows-1258 (có thể là TCVN3 hay VNI); hãy chuyển sang "
        "Unicode, lưu lại thành CSV UTF-8",
        "line {line} is neither UTF-8 nor Windows-1258 (perhaps TCVN3 or VNI); convert it to Unicode, save it as "
        "UTF-8 CSV",
    ),
    "long_row": (
        "dòng {line} dài hơn {most:,} ký tự, không giống một dòng của bảng; hãy kiểm tra dấu ngoặc kép, dấu xuống dòng",
        "line {line} is longer than {most:,} characters, unlike a row of a table; look at quotes and line breaks",
    ),
    "broken_csv": (
        "dòng {row} của bảng CSV sai quy cách ({reason}); thường do dấu ngoặc kép thiếu hoặc thừa",
        "row {row} of the CSV table is malformed ({reason}); mostly a quotation mark too few or too many",
    ),
}

FEED = {
    "no_json": (
        "dòng {line}: không phải JSON hợp lệ ({reason}); tệp hỏng hoặc bị cắt cụt, hãy tải lại",
        "line {line}: no valid JSON ({reason}); the file is damaged or truncated, fetch it again",
    ),
    "no_page": (
        'không phải trang dữ liệu {{"as_of", "items", "next_cursor"}}: {reason_vi}',
        'it is no page {{"as_of", "items", "next_cursor"}}: {reason_en}',
    ),
    "several_pages": (
        "tệp chỉ là trang đầu của nhiều trang (có next_cursor); hãy ghép đủ các trang hoặc đọc qua địa chỉ",
        "the file is only the first of several pages (next_cursor is set); join them or read by address",
    ),
    "no_item": ("không có mục nào", "there is no item"),
    "bad_address": ("địa chỉ không dùng được: {reason_vi}", "the address cannot be used: {reason_en}"),
    "forbidden_address": (
        "{host} trỏ tới địa chỉ nội bộ hoặc dành riêng ({address}), không được phép gọi",
        "{host} leads to a private or reserved address ({address}), which may not be called",
    ),
    "bad_token": (
        "mã truy cập (token) có ký tự không hợp lệ",
        "the access token holds characters that are not allowed",
    ),
    "no_answer": (
        "máy chủ không trả lời sau {tries} lần thử ({reason}); hãy thử lại sau",
        "no answer after {tries} tries ({reason}); try again later",
    ),
    "wait_longer": (
        "máy chủ yêu cầu đợi {seconds:,} giây (HTTP {status}); hãy thử lại sau",
        "the server asks for a wait of {seconds:,} seconds (HTTP {status}); try again later",
    ),
    "too_slow": (
        "máy chủ trả lời quá chậm (quá {seconds} giây); hãy thử lại sau",
        "the server is too slow (over {seconds} seconds); try again later",
    ),
    "denied": (
        "máy chủ từ chối (HTTP {status}); hãy kiểm tra mã truy cập (token trong tệp nguồn)",
        "the server refuses (HTTP {status}); look at its token in the file of sources",
    ),
    "status": ("máy chủ trả lời HTTP {status}", "the server answers HTTP {status}"),
    "redirect": (
        "máy chủ chuyển hướng sang nơi khác ({to}); chỉ theo chuyển hướng trong cùng máy chủ, nhiều nhất {most} lần",
        "the server redirects elsewhere ({to}); only its own addresses are followed, {most} times at most",
    ),
    "large_page": (
        "một trang dữ liệu lớn hơn {most:,} byte; nguồn phải chia nhỏ hơn",
        "one page is larger than {most:,} bytes; the source must send smaller ones",
    ),
    "too_many": ("quá nhiều {what_vi} (hơn {most:,})", "too many {what_en} (over {most:,})"),
    "looping": (
        "con trỏ trang (next_cursor) quay lại trang đã đọc",
        "a cursor (next_cursor) that comes back to a page that was read",
    ),
    "changed": (
        "dữ liệu thay đổi trong lúc đọc (as_of từ {before} thành {after}); hãy đọc lại",
        "the feed changed while it was read (as_of from {before} to {after}); read it again",
    ),
    "shrank": (
        "dữ liệu hụt đi trong lúc đọc (trang {page}: {reason}); hãy đọc lại",
        "the feed shrank while it was read (page {page}: {reason}); read it again",
    ),
}

PROBLEMS: dict[str, tuple[str, str]] = {**FILES, **WORKBOOK, **TABLES, **FEED}
