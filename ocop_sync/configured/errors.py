"""What is wrong with the file of sources, or with what somebody wants of one of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.errors import ShopError


@dataclass(frozen=True, slots=True)
class Problem:
    """One wrong place of the file: whose, which key, what stands there, what should. `found` never holds a secret."""

    source: str
    key: str
    found: tuple[str, str]  # Vietnamese, English
    expected: tuple[str, str]

    def sentence(self, language: str) -> str:
        """The sentence in "vi" or "en"."""
        place = ".".join(part for part in ("sources", self.source, self.key) if part)
        if language == "en":
            return f"[{place}] {self.found[1]}; expected: {self.expected[1]}"
        return f"[{place}] {self.found[0]}; cần: {self.expected[0]}"


class SourcesFileWrong(ShopError):
    """The file of sources cannot be used; nothing of it is. `problems` are all that were found."""

    code = "sources_file_wrong"
    status = 422
    vi = "Tệp nguồn {file} có {count} chỗ sai, chưa dùng gì trong tệp:"
    en = "The file of sources {file} is wrong in {count} places, and nothing of it is used:"

    def __init__(self, problems: Sequence[Problem], *, file: str) -> None:
        self.problems = tuple(problems)
        super().__init__(file=file, count=len(self.problems))

    def message(self, language: str = "vi") -> str:
        """The sentence for a person, with a line for every wrong place."""
        return "\n".join([super().message(language), *(f"  {one.sentence(language)}" for one in self.problems)])


class NotConfigured(ShopError):
    """The file of sources does not name this one."""

    code = "source_not_configured"
    status = 404
    vi = "Tệp nguồn {file} không có nguồn {source}. Các nguồn trong tệp: {known}."
    en = "The file of sources {file} names no source {source}. It names: {known}."


class CredentialMissing(ShopError):
    """What a reference points at is not there. The message holds the reference, never what it leads to."""

    code = "credential_missing"
    status = 422
    vi = "Nguồn {source}: không có mã truy cập ở {reference} ({reason_vi})."
    en = "The source {source}: there is no token at {reference} ({reason_en})."


class AlreadyRunning(ShopError):
    """The source is being synced at this moment."""

    code = "source_running"
    status = 409
    vi = "Nguồn {source} đang được đồng bộ; xin đợi lần chạy này xong."
    en = "The source {source} is being synced; please wait for that run to end."
