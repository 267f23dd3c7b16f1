"""The posts whose counts can be compared, as the engagement detectors read them."""

from __future__ import annotations

# Two days for reactions to settle; pinned posts collect for longer. Views of zero are unknown.
SETTLED = """
SELECT creator_id, post_id, published_at, likes, comments, nullif(views, 0) AS views
FROM posts
WHERE likes IS NOT NULL AND published_at IS NOT NULL AND pinned IS NOT TRUE
  AND published_at <= coalesce(observed_at, $as_of::TIMESTAMP) - INTERVAL 48 HOUR
"""

# With views: likes per view beside the creator's own usual posts.
RATIOS = f"""
WITH settled AS ({SETTLED}),
compared AS (
    SELECT *, likes / views AS ratio,
           median(likes) OVER mine AS usual_likes,
           median(views) OVER mine AS usual_views,
           median(likes / views) OVER mine AS usual_ratio,
           count(*) OVER mine AS n
    FROM settled WHERE views IS NOT NULL
    WINDOW mine AS (PARTITION BY creator_id)
)
SELECT * FROM compared WHERE n >= $least AND usual_likes >= $likes AND usual_ratio > 0
"""
