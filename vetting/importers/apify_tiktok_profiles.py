"""TikTok creators and their posts, as exported by the Apify actor clockworks/tiktok-scraper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vetting.importers._records import pick, records

if TYPE_CHECKING:
    from pathlib import Path

    from vetting.importers._head import Head
    from vetting.importers._rows import Record
    from vetting.importers._sink import Sink

TITLE = "Apify TikTok profile scraper"
DESCRIPTION = (
    "Posts with plays, likes, comments, shares, saves and the isSponsored mark, which is the "
    "platform's own paid-partnership label, and the creators with followers. The export does not "
    "say when it was made."
)
TABLES = ("creators", "posts")

_POST = {
    "creator_id": "authorMeta.name",
    "post_id": "id",
    "caption": "text",
    "likes": "diggCount",
    "comments": "commentCount",
    "shares": "shareCount",
    "saves": "collectCount",
    "views": "playCount",
    "sponsored": "isSponsored",
    "url": "webVideoUrl",
    "pinned": "isPinned",
}
_CREATOR = {
    "creator_id": "authorMeta.name",
    "handle": "authorMeta.name",
    "name": "authorMeta.nickName",
    "followers": "authorMeta.fans",
    "following": "authorMeta.following",
    "posts": "authorMeta.video",
    "verified": "authorMeta.verified",
    "category": "authorMeta.commerceUserInfo.category",
    "country": "authorMeta.region",
    "bio": "authorMeta.signature",
}


def recognise(head: Head) -> float:
    """Tell by the names this actor gives its columns."""
    author = head.has("authorMeta") or head.has("authorMeta/name") or head.has("authorMeta.name")
    return 0.95 if author and head.has("webVideoUrl", "playCount") else 0.0


def read(path: Path, into: Sink) -> None:
    """Read posts, and each creator once."""
    posts: list[tuple[int, Record]] = []
    creators: dict[str, tuple[int, Record]] = {}
    for line, item in records(path, into):
        if item.get("error"):
            found = str(item.get("url") or item.get("input") or "")
            into.problem(str(item["error"]), line=line, found=found)
            continue
        posts.append((line, item))
        if isinstance(name := pick(item, "authorMeta.name"), str) and name:
            creators.setdefault(name, (line, item))
    columns = {name: [pick(item, key) for _, item in posts] for name, key in _POST.items()}
    columns["published_at"] = [i.get("createTimeISO") or i.get("createTime") for _, i in posts]
    # The mark is the platform's own label; posts without it may still be labelled in the caption.
    columns["paid_label"] = [
        "isSponsored" if i.get("isSponsored") is True else None for _, i in posts
    ]
    columns["kind"] = ["slideshow" if i.get("isSlideshow") is True else "video" for _, i in posts]
    into.add("posts", columns, [line for line, _ in posts])
    people = list(creators.values())
    about = {
        name: [pick(item, key) or None for _, item in people] for name, key in _CREATOR.items()
    }
    for name in ("followers", "following", "posts", "verified"):
        about[name] = [pick(item, _CREATOR[name]) for _, item in people]
    into.add("creators", {**about, "platform": "tiktok"}, [line for line, _ in people])
