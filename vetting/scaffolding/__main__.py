"""``python -m vetting.scaffolding KIND ID``: write a skeleton into this source tree."""

from __future__ import annotations

import sys
from pathlib import Path

from vetting.errors import VettingError
from vetting.scaffolding import scaffold


def main() -> int:
    """Write the skeleton and name the files; 2 when the arguments cannot be used."""
    if len(sys.argv) != 3:
        sys.stderr.write("usage: make new kind=rule|detector|measure|importer id=my-id\n")
        return 2
    try:
        written = scaffold(sys.argv[1], sys.argv[2], Path.cwd())
    except VettingError as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    sys.stdout.writelines(f"{path.relative_to(Path.cwd())}\n" for path in written)
    return 0


if __name__ == "__main__":
    sys.exit(main())
