"""Past recommendations, in the same database as the measurements."""

from datetime import UTC, datetime

from pydantic import BaseModel, ConfigDict
from sqlalchemy import String, Text, create_engine, delete, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from advisor.inference import Verdict
from advisor.report.model import Report
from advisor.report.render import to_json


class Kept(BaseModel):
    """One kept recommendation as the list shows it. ``query`` reopens it."""

    model_config = ConfigDict(frozen=True)

    id: str
    created: str  # ISO 8601, UTC
    verdict: Verdict
    answered: int
    query: dict[str, str]


class _Base(DeclarativeBase):
    pass


class _Row(_Base):
    __tablename__ = "recommendations"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    created: Mapped[str] = mapped_column(String(32), index=True)
    summary: Mapped[str] = mapped_column(Text)
    document: Mapped[str] = mapped_column(Text)


class RecommendationStore:
    """Keeps report documents; the newest comes first."""

    def __init__(self, url: str) -> None:
        """``url`` as SQLAlchemy takes it; the table is made when absent."""
        self._engine = create_engine(url)
        _Base.metadata.create_all(self._engine)

    def keep(self, report: Report, query: dict[str, str], answered: int) -> Kept:
        """Keep a report with the link fields that reopen it. Keeping the same moment twice keeps one."""
        now = datetime.now(UTC)
        kept = Kept(
            id=f"{now:%Y%m%dT%H%M%S%f}",
            created=now.isoformat(timespec="seconds"),
            verdict=report.verdict,
            answered=answered,
            query=query,
        )
        with Session(self._engine) as session, session.begin():
            session.add(
                _Row(
                    id=kept.id, created=kept.created, summary=kept.model_dump_json(), document=to_json(report)
                )
            )
        return kept

    def all(self) -> tuple[Kept, ...]:
        with Session(self._engine) as session:
            rows = session.scalars(select(_Row.summary).order_by(_Row.created.desc(), _Row.id.desc()))
            return tuple(Kept.model_validate_json(row) for row in rows)

    def document(self, identity: str) -> str | None:
        """The report's JSON as it was when it was kept."""
        with Session(self._engine) as session:
            row = session.get(_Row, identity)
            return row.document if row else None

    def delete(self, identity: str) -> None:
        with Session(self._engine) as session, session.begin():
            session.execute(delete(_Row).where(_Row.id == identity))
