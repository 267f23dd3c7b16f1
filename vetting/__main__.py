"""``python -m vetting`` and the ``vetting`` script: turn errors into words and exit codes."""

from __future__ import annotations

import os
import sys

from sentiment.errors import SentimentError
from vetting.errors import VettingError, VettingErrors

DONE, FINDINGS, BAD_INPUT, INTERNAL = 0, 1, 2, 3


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 findings, 2 bad input or usage, 3 internal fault.

    Parameters
    ----------
    arguments : list of str or None
        None takes ``sys.argv``.
    """
    from vetting.cli import build_app

    try:
        build_app()(arguments, standalone_mode=True)
    except VettingErrors as errors:
        for error in errors.errors:
            _say(error)
        sys.exit(BAD_INPUT)
    except (VettingError, SentimentError) as error:
        _say(error)
        sys.exit(BAD_INPUT)
    except KeyboardInterrupt:
        sys.stderr.write(
            "\nInterrupted. An audit goes on when --resume is added to the same command.\n"
        )
        sys.exit(130)
    except Exception as error:
        if os.environ.get("VETTING_DEBUG"):
            raise
        sys.stderr.write(
            f"internal fault: {type(error).__name__}: {error}\n"
            "This is our mistake, not yours. Set VETTING_DEBUG=1 to see where it happened.\n"
        )
        sys.exit(INTERNAL)


def _say(error: Exception) -> None:
    sys.stderr.write(f"error: {error}\n")


if __name__ == "__main__":
    main()
