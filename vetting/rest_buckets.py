"""What audience tables call the bucket that holds whatever the others do not."""

_REST = frozenset(
    {
        "other",
        "others",
        "unknown",
        "rest",
        "overig",
        "overige",
        "andere",
        "andet",
        "øvrige",
        "sonstige",
        "autres",
        "otros",
        "altri",
        "outros",
        "其他",
        "未知",
    }
)


def is_rest(bucket: str) -> bool:
    """Tell whether a bucket holds the rest.

    Examples
    --------
    >>> is_rest("Overige"), is_rest("25-34")
    (True, False)
    """
    return bucket.strip().casefold() in _REST
