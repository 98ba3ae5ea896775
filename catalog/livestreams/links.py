"""Reading the link of a livestream: an allow-list of hosts and shapes, written anew from the parts that count.

What comes out is built from an identifier, so nothing that was typed beside it (tracking, redirects, fragments,
another host's name) survives. No network is asked.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from catalog.livestreams.errors import (
    LinkHasUserOrPort,
    LinkNotHttps,
    LinkOfAnotherSite,
    LinkOfNoVideo,
    LinkTooLong,
    LinkUnreadable,
    ShortLink,
)
from catalog.livestreams.platforms import FRAMES, Platform

LONGEST = 500  # characters
_PLAIN = re.compile(r"[!-\[\]-~]+")  # printable ASCII without space and backslash
_YOUTUBE_ID = r"[A-Za-z0-9_-]{11}"
_NAME = r"[A-Za-z0-9.]{1,80}"
_DIGITS = r"[0-9]{6,20}"
_SHORT = {
    "vt.tiktok.com": "https://www.tiktok.com/@ten/live",
    "vm.tiktok.com": "https://www.tiktok.com/@ten/live",
    "vn.shp.ee": "https://live.shopee.vn/share?from=live&session=…",
    "s.shopee.vn": "https://live.shopee.vn/share?from=live&session=…",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A livestream's address in its one form; `embed` is what a frame loads, empty where it is only linked."""

    platform: Platform
    url: str
    embed: str = ""


def read_link(text: str) -> Link:
    """The link that was typed, made canonical. Raises a `BadLink` that says what to paste instead."""
    text = text.strip()
    if len(text) > LONGEST:
        raise LinkTooLong(most=LONGEST)
    if not _PLAIN.fullmatch(text):
        raise LinkUnreadable
    if not text.lower().startswith("https://"):
        raise LinkNotHttps
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise LinkUnreadable from error
    host = parts.netloc.lower()
    if "@" in host or ":" in host:
        raise LinkHasUserOrPort
    if host in _SHORT:
        raise ShortLink(host=host, example=_SHORT[host])
    if host not in _READERS:
        raise LinkOfAnotherSite(host=host[:60])
    reader, example = _READERS[host]
    found = reader(parts.path, _query(parts.query))
    if found is None:
        raise LinkOfNoVideo(example=example)
    return found


def _query(text: str) -> dict[str, str]:
    """Parameters as they are written, nothing decoded; one that is given twice counts as none."""
    pairs = [pair.partition("=")[::2] for pair in text.split("&")]
    names = [name for name, _ in pairs]
    return {name: value for name, value in pairs if names.count(name) == 1}


def _id(pattern: str, text: str | None) -> str:
    return text if text and re.fullmatch(pattern, text) else ""


def _youtube(path: str, query: dict[str, str]) -> Link | None:
    """/watch?v=…, /live/…, /embed/… of a video; a channel's page shows another video tomorrow."""
    if path == "/watch":
        return _youtube_video(_id(_YOUTUBE_ID, query.get("v")))
    found = re.fullmatch(rf"/(?:live|embed)/({_YOUTUBE_ID})/?", path)
    return _youtube_video(found[1] if found else "")


def _youtube_short(path: str, _query: dict[str, str]) -> Link | None:
    return _youtube_video(_id(_YOUTUBE_ID, path.removeprefix("/")))


def _youtube_video(video: str) -> Link | None:
    if not video:
        return None
    embed = f"{FRAMES[Platform.YOUTUBE]}/embed/{video}?autoplay=1"
    return Link(Platform.YOUTUBE, f"https://www.youtube.com/watch?v={video}", embed)


def _facebook(path: str, query: dict[str, str]) -> Link | None:
    """/<page>/videos/…/<number>, /watch/?v=…, /watch/live/?v=…, /video.php?v=…."""
    found = re.fullmatch(rf"/({_NAME})/videos/(?:[^/]{{1,200}}/)?({_DIGITS})/?", path)
    if found:
        return _facebook_video(f"https://www.facebook.com/{found[1]}/videos/{found[2]}/")
    video = _id(_DIGITS, query.get("v"))
    if video and path in ("/watch", "/watch/", "/watch/live", "/watch/live/", "/video.php"):
        return _facebook_video(f"https://www.facebook.com/watch/?v={video}")
    return None


def _facebook_video(url: str) -> Link:
    embed = f"{FRAMES[Platform.FACEBOOK]}/plugins/video.php?href={quote(url, safe='')}&show_text=false"
    return Link(Platform.FACEBOOK, url, embed)


def _facebook_short(path: str, _query: dict[str, str]) -> Link | None:
    """Facebook's own short form of a video. Its number is known to Facebook alone, so it can only be linked."""
    found = re.fullmatch(r"/([A-Za-z0-9_-]{6,20})/?", path)
    return Link(Platform.FACEBOOK, f"https://fb.watch/{found[1]}/") if found else None


def _tiktok(path: str, _query: dict[str, str]) -> Link | None:
    """/@name/live, or /@name/video/<number> of a replay."""
    found = re.fullmatch(rf"/(@[A-Za-z0-9._]{{2,30}})/(live|video/{_DIGITS})/?", path)
    return Link(Platform.TIKTOK, f"https://www.tiktok.com/{found[1]}/{found[2]}") if found else None


def _shopee(path: str, query: dict[str, str]) -> Link | None:
    """/share?from=live&session=<number>, or the page in between with the same number."""
    session = query.get("session") if path == "/share" else query.get("id") if path == "/middle-page" else None
    session = _id(r"[0-9]{1,20}", session)
    return Link(Platform.SHOPEE, f"https://live.shopee.vn/share?from=live&session={session}") if session else None


def _zalo(path: str, _query: dict[str, str]) -> Link | None:
    """An official account, by its long number or its name: a person's page is a telephone number, a group a secret."""
    found = re.fullmatch(r"/([0-9]{15,20}|(?=[a-z0-9._]*[a-z])[a-z0-9._]{4,40})/?", path, re.IGNORECASE)
    return Link(Platform.ZALO, f"https://zalo.me/{found[1]}") if found else None


Reader = Callable[[str, dict[str, str]], Link | None]
_YOUTUBE: tuple[Reader, str] = (_youtube, "https://www.youtube.com/watch?v=…")
_FACEBOOK: tuple[Reader, str] = (_facebook, "https://www.facebook.com/ten-trang/videos/…")
_TIKTOK: tuple[Reader, str] = (_tiktok, "https://www.tiktok.com/@ten/live")
_READERS: dict[str, tuple[Reader, str]] = {
    **dict.fromkeys(("www.youtube.com", "youtube.com", "m.youtube.com", "www.youtube-nocookie.com"), _YOUTUBE),
    "youtu.be": (_youtube_short, "https://youtu.be/…"),
    **dict.fromkeys(("www.facebook.com", "facebook.com", "m.facebook.com", "web.facebook.com"), _FACEBOOK),
    "fb.watch": (_facebook_short, "https://fb.watch/…"),
    **dict.fromkeys(("www.tiktok.com", "tiktok.com", "m.tiktok.com"), _TIKTOK),
    "live.shopee.vn": (_shopee, "https://live.shopee.vn/share?from=live&session=…"),
    "zalo.me": (_zalo, "https://zalo.me/…"),
}
