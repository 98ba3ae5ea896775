"""The platforms that a session may be on."""

from django.db import models


class Platform(models.TextChoices):
    """Where the video is. Names of products: the same in both languages."""

    YOUTUBE = "youtube", "YouTube"
    FACEBOOK = "facebook", "Facebook"
    TIKTOK = "tiktok", "TikTok"
    SHOPEE = "shopee", "Shopee Live"
    ZALO = "zalo", "Zalo"


# What a page that embeds may frame; nothing is loaded from there before a click.
FRAMES = {Platform.YOUTUBE: "https://www.youtube-nocookie.com", Platform.FACEBOOK: "https://www.facebook.com"}
