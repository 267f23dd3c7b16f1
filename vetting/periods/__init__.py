"""Before, during and after a campaign: growth, engagement, tone, intent and mentions."""

from vetting.periods.sheet import PERIOD_COLUMNS, PeriodRow, compare_periods

__all__ = ["PERIOD_COLUMNS", "PeriodRow", "compare_periods"]
