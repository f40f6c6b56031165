"""The schema of a base brought up to date when it is opened; the door to Alembic."""

from __future__ import annotations

from importlib.resources import as_file, files

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from kb.store.schema import metadata


def upgrade_schema(connection: Connection) -> None:
    """Run the steps that a base still lacks, in the transaction of `connection`."""
    with as_file(files("kb.store").joinpath("migrations")) as folder:
        scripts = ScriptDirectory(str(folder))

        def steps(revision: str, _: object) -> list[object]:
            return list(scripts._upgrade_revs("head", revision))

        with EnvironmentContext(Config(), scripts, fn=steps) as environment:
            environment.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
            with environment.begin_transaction():
                environment.run_migrations()
