"""Samples of a creator's followers: how suspicious each account looks, and what share is fake.

An account is never judged alone; what is said is a share with an interval.
"""

from __future__ import annotations
