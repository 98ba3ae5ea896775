"""Links of livestreams: what is taken, in which form, and what is refused with which sentence."""

import pytest

from catalog.livestreams.errors import BadLink
from catalog.livestreams.links import LONGEST, read_link

VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
GOOD = [
    (VIDEO, "youtube", VIDEO),
    ("https://youtube.com/watch?v=dQw4w9WgXcQ&si=abc&utm_source=x", "youtube", VIDEO),
    ("https://m.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ", "youtube", VIDEO),
    ("HTTPS://WWW.YouTube.com/watch?v=dQw4w9WgXcQ", "youtube", VIDEO),
    ("https://youtu.be/dQw4w9WgXcQ?si=track#t=30", "youtube", VIDEO),
    ("https://www.youtube.com/live/dQw4w9WgXcQ?feature=share", "youtube", VIDEO),
    ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", "youtube", VIDEO),
    ("  https://www.youtube.com/watch?v=dQw4w9WgXcQ#@evil.example  ", "youtube", VIDEO),
    ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=%2e%2e", "youtube", VIDEO),
    ("https://www.facebook.com/htx.caudat/videos/1234567890123/?mibextid=x", "facebook",
     "https://www.facebook.com/htx.caudat/videos/1234567890123/"),
    ("https://m.facebook.com/htx.caudat/videos/phien-live/1234567890123/", "facebook",
     "https://www.facebook.com/htx.caudat/videos/1234567890123/"),
    ("https://web.facebook.com/watch/?v=1234567890123&ref=sharing", "facebook",
     "https://www.facebook.com/watch/?v=1234567890123"),
    ("https://facebook.com/watch/live/?ref=x&v=1234567890123", "facebook",
     "https://www.facebook.com/watch/?v=1234567890123"),
    ("https://www.facebook.com/video.php?v=1234567890123", "facebook",
     "https://www.facebook.com/watch/?v=1234567890123"),
    ("https://fb.watch/aB3_dE-9fG/?mibextid=x", "facebook", "https://fb.watch/aB3_dE-9fG/"),
    ("https://www.tiktok.com/@htx.caudat/live?is_from_webapp=1", "tiktok", "https://www.tiktok.com/@htx.caudat/live"),
    ("https://m.tiktok.com/@htx_caudat/video/7301234567890123456", "tiktok",
     "https://www.tiktok.com/@htx_caudat/video/7301234567890123456"),
    ("https://live.shopee.vn/share?from=live&session=123456&share_user_id=9&utm_source=x", "shopee",
     "https://live.shopee.vn/share?from=live&session=123456"),
    ("https://live.shopee.vn/middle-page?type=live&id=123456", "shopee",
     "https://live.shopee.vn/share?from=live&session=123456"),
    ("https://zalo.me/1234567890123456789?src=qr", "zalo", "https://zalo.me/1234567890123456789"),
    ("https://zalo.me/htxcaudat", "zalo", "https://zalo.me/htxcaudat"),
]  # fmt: skip
BAD = [
    ("", "link_unreadable"),
    ("dQw4w9WgXcQ", "link_not_https"),
    ("www.youtube.com/watch?v=dQw4w9WgXcQ", "link_not_https"),
    ("http://www.youtube.com/watch?v=dQw4w9WgXcQ", "link_not_https"),
    ("//www.youtube.com/watch?v=dQw4w9WgXcQ", "link_not_https"),
    ("javascript:alert(1)//https://www.youtube.com/watch?v=dQw4w9WgXcQ", "link_not_https"),
    ("data:text/html,https://www.youtube.com", "link_not_https"),
    ("https:www.youtube.com/watch?v=dQw4w9WgXcQ", "link_not_https"),
    ("https:///www.youtube.com/watch?v=dQw4w9WgXcQ", "link_of_another_site"),
    ("https://evil.example@www.youtube.com/watch?v=dQw4w9WgXcQ", "link_with_user_or_port"),
    ("https://www.youtube.com@evil.example/watch?v=dQw4w9WgXcQ", "link_with_user_or_port"),
    ("https://www.youtube.com:443/watch?v=dQw4w9WgXcQ", "link_with_user_or_port"),
    ("https://www.youtube.com:8443/watch?v=dQw4w9WgXcQ", "link_with_user_or_port"),
    ("https://[::1]/watch?v=dQw4w9WgXcQ", "link_with_user_or_port"),
    ("https://[::1/watch?v=dQw4w9WgXcQ", "link_unreadable"),
    ("https://www.youtube.com./watch?v=dQw4w9WgXcQ", "link_of_another_site"),
    ("https://www.youtube.com.evil.example/watch?v=dQw4w9WgXcQ", "link_of_another_site"),
    ("https://youtube.com.vn/watch?v=dQw4w9WgXcQ", "link_of_another_site"),
    ("https://www-youtube.com/watch?v=dQw4w9WgXcQ", "link_of_another_site"),
    ("https://evil.example/https://www.youtube.com/watch?v=dQw4w9WgXcQ", "link_of_another_site"),
    ("https://www.yоutube.com/watch?v=dQw4w9WgXcQ", "link_unreadable"),  # a Cyrillic o
    ("https://www.xn--yutube-wqf.com/watch?v=dQw4w9WgXcQ", "link_of_another_site"),
    ("https://faceb00k.com/watch/?v=1234567890123", "link_of_another_site"),
    ("https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.youtube.com", "link_of_another_site"),
    ("https://www.google.com/url?q=https://www.youtube.com/watch?v=dQw4w9WgXcQ", "link_of_another_site"),
    ("https://www.youtube.com/redirect?q=https://evil.example", "link_of_no_video"),
    ("https://www.youtube.com/watch", "link_of_no_video"),
    ("https://www.youtube.com/watch?v=short", "link_of_no_video"),
    ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&v=aaaaaaaaaaa", "link_of_no_video"),
    ("https://www.youtube.com/watch?v=dQw4w9Wg%58cQ", "link_of_no_video"),
    ("https://www.youtube.com/%77atch?v=dQw4w9WgXcQ", "link_of_no_video"),
    ("https://www.youtube.com/watch%3Fv=dQw4w9WgXcQ", "link_of_no_video"),
    ("https://www.youtube.com/x/../watch?v=dQw4w9WgXcQ", "link_of_no_video"),
    ("https://www.youtube.com/@htxcaudat/live", "link_of_no_video"),
    ("https://www.youtube.com/watch?q=x#v=dQw4w9WgXcQ", "link_of_no_video"),
    ("https://youtu.be/dQw4w9WgXcQ/extra", "link_of_no_video"),
    ("https://www.youtube.com\\@evil.example/watch?v=dQw4w9WgXcQ", "link_unreadable"),
    ("https://www.youtube.com/watch?v=dQw4 w9WgXcQ", "link_unreadable"),
    ("https://www.you\ttube.com/watch?v=dQw4w9WgXcQ", "link_unreadable"),
    ("https://www.youtube.com/watch?v=dQw4w9WgXcQ\r\nSet-Cookie:x", "link_unreadable"),
    ("https://www.facebook.com/htx.caudat", "link_of_no_video"),
    ("https://www.facebook.com/share/v/1AbCdEf/", "link_of_no_video"),
    ("https://www.facebook.com/dialog/share?href=https://evil.example&v=1234567890123", "link_of_no_video"),
    ("https://fb.watch/", "link_of_no_video"),
    ("https://www.tiktok.com/@htx.caudat", "link_of_no_video"),
    ("https://vt.tiktok.com/ZSabc123/", "short_link"),
    ("https://vm.tiktok.com/ZSabc123/", "short_link"),
    ("https://vn.shp.ee/abc", "short_link"),
    ("https://s.shopee.vn/abc", "short_link"),
    ("https://shopee.vn/product/1/2", "link_of_another_site"),
    ("https://live.shopee.vn/share?from=live&session=abc", "link_of_no_video"),
    ("https://zalo.me/0912345678", "link_of_no_video"),
    ("https://zalo.me/84912345678", "link_of_no_video"),
    ("https://zalo.me/g/abcdef123", "link_of_no_video"),
    (f"https://www.youtube.com/watch?v=dQw4w9WgXcQ&x={'y' * LONGEST}", "link_too_long"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "platform", "url"), GOOD)
def test_a_link_of_a_platform_becomes_its_one_form(typed: str, platform: str, url: str) -> None:
    found = read_link(typed)

    assert (found.platform, found.url) == (platform, url)
    assert read_link(url) == found


@pytest.mark.parametrize(("typed", "code"), BAD)
def test_anything_else_is_refused_with_what_to_do(typed: str, code: str) -> None:
    with pytest.raises(BadLink) as refused:
        read_link(typed)

    assert refused.value.code == code
    assert refused.value.message("vi")
    assert refused.value.message("en")


def test_only_youtube_and_facebook_are_embedded() -> None:
    frames = {typed: read_link(typed).embed for typed, _, _ in GOOD}

    assert frames[VIDEO] == "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"
    assert frames["https://www.facebook.com/video.php?v=1234567890123"] == (
        "https://www.facebook.com/plugins/video.php"
        "?href=https%3A%2F%2Fwww.facebook.com%2Fwatch%2F%3Fv%3D1234567890123&show_text=false"
    )
    assert {typed.split("/")[2] for typed, embed in frames.items() if not embed} == {
        "fb.watch", "www.tiktok.com", "m.tiktok.com", "live.shopee.vn", "zalo.me",
    }  # fmt: skip
