"""What heads of columns say that their numbers are."""

from __future__ import annotations

import pytest

from graphs.checks.reading.roles import ROLES, RoleRow, role_of


@pytest.mark.parametrize("row", ROLES, ids=lambda row: row.role.value)
def test_a_row_of_roles_has_a_head_and_one_that_it_is_not(row: RoleRow) -> None:
    assert role_of(row.example) is row.role
    assert role_of(row.not_) is not row.role
