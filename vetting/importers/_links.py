"""What an address says: platform, creator and post.

Only patterns of public addresses; nothing is looked up. What is no text says nothing.
"""

from __future__ import annotations

import re
from types import MappingProxyType

_HOSTS = MappingProxyType(
    {
        "tiktok.com": "tiktok",
        "instagram.com": "instagram",
        "youtube.com": "youtube",
        "youtu.be": "youtube",
        "facebook.com": "facebook",
        "twitter.com": "x",
        "x.com": "x",
        "pinterest.com": "pinterest",
        "twitch.tv": "twitch",
    }
)
_HOST = re.compile(
    r"^(?:https?://)?(?:[a-z]+\.)*?([a-z0-9-]+\.[a-z]{2,3})(?:[/?]|$)", re.IGNORECASE
)
_HANDLE = re.compile(r"(?:tiktok|youtube)\.com/@([^/?#\s]+)", re.IGNORECASE)
_CHANNEL = re.compile(r"youtube\.com/channel/(UC[\w-]{22})")
_INSTAGRAM = re.compile(r"instagram\.com/(?:([\w.]+)/)?(?:p|reel|reels|tv)/([\w-]+)", re.IGNORECASE)
_INSTAGRAM_PROFILE = re.compile(r"instagram\.com/([\w.]+)/?(?:[?#].*)?$", re.IGNORECASE)
_POST = re.compile(
    r"(?:/(?:video|photo|v|shorts|live|status)/|[?&]v=|youtu\.be/)([\w-]+)", re.IGNORECASE
)


def platform_of(url: object) -> str | None:
    """Return the platform an address belongs to, or None.

    Examples
    --------
    >>> platform_of("https://www.tiktok.com/@i_d/video/73"), platform_of("https://example.org/")
    ('tiktok', None)
    """
    match = _HOST.match(url.strip()) if isinstance(url, str) else None
    return _HOSTS.get(match[1].lower()) if match else None


def creator_of(url: object) -> str | None:
    """Return the handle or YouTube channel id an address names, or None.

    Examples
    --------
    >>> creator_of("https://www.tiktok.com/@i_d/video/73"), creator_of("instagram.com/anna.b/")
    ('i_d', 'anna.b')
    """
    if not isinstance(url, str):
        return None
    for pattern in (_HANDLE, _CHANNEL, _INSTAGRAM, _INSTAGRAM_PROFILE):
        if match := pattern.search(url):
            return match[1] or None
    return None


def post_of(url: object) -> str | None:
    """Return the post id or shortcode an address names, or None.

    Examples
    --------
    >>> post_of("https://www.tiktok.com/@i_d/video/73?lang=en"), post_of("instagram.com/p/Cx-1/")
    ('73', 'Cx-1')
    """
    if not isinstance(url, str):
        return None
    if match := _INSTAGRAM.search(url):
        return match[2]
    match = _POST.search(url)
    return match[1] if match else None


def bare_handle(handle: object) -> str | None:
    """Return a handle without address and ``@``; None when nothing is left.

    Examples
    --------
    >>> bare_handle("@anna"), bare_handle("https://www.tiktok.com/@anna"), bare_handle("")
    ('anna', 'anna', None)
    """
    if not isinstance(handle, str):
        return None
    return creator_of(handle) or handle.strip().lstrip("@") or None
