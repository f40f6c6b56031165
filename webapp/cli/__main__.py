"""``python -m webapp.cli``: the same as the command `cancu`."""

from __future__ import annotations

import sys

from webapp.cli.main import main

sys.exit(main())
