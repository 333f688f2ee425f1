"""Alembic's entry point; `migrate` in the package passes the connection."""

from alembic import context

from rasa_project.transcripts.staff_models import Base

# Batch mode rebuilds a table where SQLite cannot alter it.
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
