"""Why a group of synonyms, a file of them or a change is refused."""

from collections.abc import Sequence

from catalog.errors import ShopError


class BadGroup(ShopError):
    """Something is wrong with a group."""

    code = "synonym_bad_group"
    status = 422


class TooFewPhrases(BadGroup):
    """Nothing to be the same as anything."""

    code = "synonym_too_few"
    vi = "Nhóm “{group}” cần ít nhất hai từ khác nhau (hoặc một từ và một từ tìm thêm)."
    en = "The group “{group}” needs at least two different phrases (or one, and one that it also finds)."


class TooManyPhrases(BadGroup):
    """A query with many alternatives is slow, and a group of many words seldom means one thing."""

    code = "synonym_too_many_phrases"
    vi = "Nhóm “{group}” có {count} từ; mỗi nhóm nhiều nhất {most} từ."
    en = "The group “{group}” has {count} phrases; a group holds {most} at most."


class TooManyGroups(BadGroup):
    """The set is full."""

    code = "synonym_too_many_groups"
    vi = "Có {count} nhóm; nhiều nhất {most} nhóm. Xin bỏ bớt những nhóm không còn cần."
    en = "There are {count} groups; {most} are the most. Please remove those no longer needed."


class NoLetters(BadGroup):
    """A phrase without a letter."""

    code = "synonym_no_letters"
    vi = "“{phrase}” không có chữ cái nào để tìm."
    en = "“{phrase}” has no letter to search for."


class BadCharacter(BadGroup):
    """A sign that no word has."""

    code = "synonym_bad_character"
    vi = "“{phrase}” có ký tự “{character}”. Từ đồng nghĩa chỉ gồm chữ, số, dấu cách, dấu chấm, dấu nối và dấu &."
    en = "“{phrase}” has the character “{character}”. Phrases are letters, digits, spaces, dots, hyphens and &."


class PhraseTooLong(BadGroup):
    """More words or characters than anybody types for one thing."""

    code = "synonym_too_long"
    vi = "“{phrase}” quá dài: nhiều nhất {words} từ và {characters} ký tự."
    en = "“{phrase}” is too long: {words} words and {characters} characters at most."


class NoteTooLong(BadGroup):
    """Over the limit (characters)."""

    code = "synonym_note_too_long"
    vi = "Ghi chú của nhóm “{group}” quá dài: nhiều nhất {most} ký tự."
    en = "The note of “{group}” is too long: {most} characters at most."


class UnknownKind(BadGroup):
    """Neither goods nor trade."""

    code = "synonym_unknown_kind"
    vi = "Nhóm “{group}” chưa có loại: chọn “hàng hóa” hoặc “cách gọi chung”."
    en = "The group “{group}” has no kind: choose “goods” or “general terms”."


class PhraseTwice(BadGroup):
    """Twice in one group."""

    code = "synonym_twice"
    vi = "“{phrase}” có hai lần trong nhóm “{group}”."
    en = "“{phrase}” stands twice in the group “{group}”."


class OnlyAccentsDiffer(BadGroup):
    """Search folds accents anyway."""

    code = "synonym_only_accents"
    vi = "“{phrase}” và “{other}” chỉ khác dấu: tìm không dấu đã ra cả hai, không cần khai."
    en = "“{phrase}” and “{other}” differ in accents only: search finds both without accents, nothing is needed."


class PhraseInTwoGroups(BadGroup):
    """Which one would be meant?"""

    code = "synonym_in_two_groups"
    vi = "“{phrase}” đã có trong nhóm “{other}”. Xin gộp hai nhóm, hoặc bỏ từ này khỏi một nhóm."
    en = "“{phrase}” is already in the group “{other}”. Please merge the two, or take it out of one of them."


class PhraseIsPlace(BadGroup):
    """Places become filters before synonyms are looked at."""

    code = "synonym_place"
    vi = "“{phrase}” có tên nơi chốn “{place}”. Ô tìm đã hiểu tên nơi chốn, nên từ này không bao giờ được dùng."
    en = "“{phrase}” holds the place name “{place}”. Search reads places by itself, so the phrase would never be used."


class PhraseIsStopWord(BadGroup):
    """A word that stands everywhere."""

    code = "synonym_stop_word"
    vi = "“{phrase}” là từ quá chung, có ở khắp nơi; không thể làm từ đồng nghĩa."
    en = "“{phrase}” is too general a word, it stands everywhere; it cannot be a synonym."


class DifferentGoods(BadGroup):
    """Kinds of goods that the law or the kitchen keeps apart."""

    code = "synonym_different_goods"
    vi = "“{phrase}” và “{other}” là hai loại hàng khác nhau, không được coi là một: {why}."
    en = "“{phrase}” and “{other}” are different goods and must not be made one: {why_en}."


class Refused(ShopError):
    """A set that cannot be put in force; `problems` say why, each a sentence of its own."""

    code = "synonyms_refused"
    status = 422

    def __init__(self, problems: Sequence[ShopError]) -> None:
        self.problems = list(problems)
        super().__init__()

    def message(self, language: str = "vi") -> str:
        """All sentences."""
        return " ".join(problem.message(language) for problem in self.problems)


class NothingChanged(ShopError):
    """The same groups as now."""

    code = "synonyms_unchanged"
    status = 422
    vi = "Không có gì khác với phiên bản đang dùng."
    en = "Nothing differs from the version in force."


class ReasonMissing(ShopError):
    """Every version says why."""

    code = "synonyms_reason_missing"
    status = 422
    vi = "Xin ghi lý do của thay đổi này."
    en = "Please give the reason for this change."


class Changed(ShopError):
    """Somebody put another version in force in the meantime."""

    code = "synonyms_changed"
    status = 409
    vi = "Trong lúc bạn xem, {who} đã đưa phiên bản {number} vào dùng ({what}). Thay đổi của bạn chưa được ghi."
    en = "Meanwhile {who} put version {number} in force ({what}). Your change was not recorded."


class Unreadable(ShopError):
    """A draft that this page did not write."""

    code = "synonyms_unreadable"
    vi = "Bản nháp gửi kèm không đọc được. Xin làm lại từ danh sách."
    en = "The draft that was sent cannot be read. Please start again from the list."


class FileTooLarge(ShopError):
    """Over the limit (kilobytes)."""

    code = "synonym_file_too_large"
    status = 413
    vi = "Tệp quá lớn (nhiều nhất {most} KB)."
    en = "The file is too large ({most} KB at most)."


class FileNotText(ShopError):
    """Neither UTF-8 nor UTF-16, or no CSV table."""

    code = "synonym_file_not_text"
    status = 422
    vi = "Tệp không đọc được. Xin lưu lại ở dạng “CSV UTF-8” rồi tải lên."
    en = "The file cannot be read. Please save it as “CSV UTF-8” and upload it again."


class FileWithoutColumns(ShopError):
    """The header lacks a column."""

    code = "synonym_file_columns"
    status = 422
    vi = "Dòng đầu của tệp phải có các cột: {columns}."
    en = "The first line of the file must have the columns: {columns}."
