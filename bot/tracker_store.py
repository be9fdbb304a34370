"""Where conversations are kept: live ones in memory, every event in the SQL database."""

import asyncio
import copy
import json
from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTIVE_LOOP
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, Event, SlotSet
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT_NAME_KEY

EVENTS = SQLTrackerStore.SQLEvent.__table__
LAST_STORED = sa.select(sa.func.max(EVENTS.c.id)).where(
    EVENTS.c.sender_id == sa.bindparam("sender_id")
)


class LiveTracker(DialogueStateTracker):
    """A conversation that knows which of its events are not stored yet.

    Rasa copies a tracker before each action by replaying its events; this one copies its state.
    """

    slots: dict[str, Slot]
    shares_slots = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unsaved: list[Event] = []
        self.last_stored: int | None = None  # id of its latest event in the database

    def update(self, event: Event, domain: Domain | None = None) -> None:
        super().update(event, domain)
        self.unsaved.append(event)

    def copy(self) -> "LiveTracker":
        """A twin with the same slots, which either copies before it changes one."""
        self.shares_slots = True
        twin = copy.copy(self)
        twin.events = self.events.copy()
        twin.slots = self.slots.copy()
        twin.active_loop = copy.copy(self.active_loop)
        twin.unsaved = []
        return twin

    def _set_slot(self, key: str, value: Any) -> None:
        if key in self.slots:
            self.slots[key] = copy.copy(self.slots[key])
        super()._set_slot(key, value)

    def _reset_slots(self) -> None:
        if self.shares_slots:
            self.slots = {name: copy.copy(slot) for name, slot in self.slots.items()}
            self.shares_slots = False
        super()._reset_slots()

    def trim(self, history: int) -> None:
        """Keep the latest events, and of those before them what still holds.

        Rasa carries slots over to a new session by their events, and needs a form's to know that
        it is under way.
        """
        holds: dict[str, Event] = {}
        for _ in range(len(self.events) - history):
            event = self.events.popleft()
            if isinstance(event, SlotSet):
                holds[event.key] = event
            elif isinstance(event, ActiveLoop):
                holds[ACTIVE_LOOP] = event
        self.events.extendleft(reversed(holds.values()))


class Saving(NamedTuple):
    """Events on their way into the database, and who waits for them."""

    tracker: LiveTracker
    events: list[Event]
    committed: "asyncio.Future[None]"


class LiveTrackerStore(SQLTrackerStore):
    """Rasa's SQL store, without rebuilding a conversation from all its events at each message.

    `live`: conversations kept in memory; `history`: latest events of each that are kept there (the
    database holds all). Several servers may share a database: a conversation that went on
    elsewhere is read anew. Events are committed, in order, before `save` returns: those of all
    conversations that are saved in the same moment together, as the disk is synced but once.
    """

    engine: Any

    def __init__(self, *args: Any, live: int = 2000, history: int = 80, **kwargs: Any) -> None:
        self._trackers: OrderedDict[str, LiveTracker] = OrderedDict()
        self._saving: list[Saving] = []
        self.live = live
        self.history = history
        super().__init__(*args, **kwargs)
        if self.engine.dialect.name == "sqlite" and self.engine.url.database != ":memory:":
            self._keep_connection_open()

    def _keep_connection_open(self) -> None:
        """SQLAlchemy opens an SQLite file anew each time; the write-ahead log syncs it once."""
        self.engine.dispose()
        self.engine = sa.create_engine(
            self.engine.url, poolclass=sa.pool.QueuePool, pool_reset_on_return=None
        )
        self.sessionmaker = sa.orm.sessionmaker(bind=self.engine)

        @sa.event.listens_for(self.engine, "connect")
        def prepare(connection: Any, _: Any) -> None:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")

    @property
    def domain(self) -> Domain:
        return self._domain

    @domain.setter
    def domain(self, domain: Domain | None) -> None:
        """A new model may have other slots: conversations are read anew."""
        self._domain = domain or Domain.empty()
        self._trackers.clear()

    def init_tracker(self, sender_id: str) -> LiveTracker:
        return LiveTracker(sender_id, self.domain.slots)

    async def retrieve(self, sender_id: str) -> LiveTracker:
        """The conversation, empty where there is none: Rasa would make one that is not live.

        It is kept live again when it is saved, so that a turn that fails leaves nothing behind.
        """
        with self.engine.connect() as connection:
            last_stored = _last_stored(connection, sender_id)
        tracker = self._trackers.pop(sender_id, None)
        if tracker is not None and tracker.last_stored == last_stored:
            return tracker
        if last_stored is None:
            return self.init_tracker(sender_id)
        stored = await super().retrieve(sender_id)
        rebuilt: LiveTracker = LiveTracker.from_events(sender_id, stored.events, self.domain.slots)
        rebuilt.unsaved = []
        rebuilt.last_stored = last_stored
        return rebuilt

    async def save(self, tracker: DialogueStateTracker) -> None:
        if not isinstance(tracker, LiveTracker):
            self._trackers.pop(tracker.sender_id, None)
            await super().save(tracker)
            return
        # Live before it is written: what the database refuses now is written with the next turn.
        self._trackers[tracker.sender_id] = tracker
        if len(self._trackers) > self.live:
            self._trackers.popitem(last=False)
        events, tracker.unsaved = tracker.unsaved, []
        if events:
            await self._commit_with_others(tracker, events)
        tracker.trim(self.history)
        if events and self.event_broker is not None:
            await self._stream_new_events(self.event_broker, events, tracker.sender_id)

    async def delete(self, sender_id: str) -> None:
        """Delete a conversation from memory and from the database; Rasa's stores cannot."""
        self._trackers.pop(sender_id, None)
        with self.engine.begin() as connection:
            connection.execute(EVENTS.delete().where(EVENTS.c.sender_id == sender_id))

    def delete_silent_since(self, moment: datetime, senders_like: str) -> None:
        """Delete the conversations whose last event is older; `senders_like` as in SQL."""
        silent = (
            sa.select(EVENTS.c.sender_id)
            .where(EVENTS.c.sender_id.like(senders_like))
            .group_by(EVENTS.c.sender_id)
            .having(sa.func.max(EVENTS.c.timestamp) < moment.timestamp())
        )
        with self.engine.begin() as connection:
            for sender_id in connection.execute(silent).scalars().all():
                self._trackers.pop(sender_id, None)
                connection.execute(EVENTS.delete().where(EVENTS.c.sender_id == sender_id))

    async def _commit_with_others(self, tracker: LiveTracker, events: list[Event]) -> None:
        loop = asyncio.get_running_loop()
        committed = loop.create_future()
        if not self._saving:
            loop.call_soon(self._commit_all)
        self._saving.append(Saving(tracker, events, committed))
        await committed

    def _commit_all(self) -> None:
        saving, self._saving = self._saving, []
        self._commit(saving)

    def _commit(self, saving: Sequence[Saving]) -> None:
        failure: Exception | None = None
        try:
            self._append(saving)
        except Exception as error:
            if len(saving) > 1:  # what the database refuses of one must not hold the others up
                for each in saving:
                    self._commit([each])
                return
            failure = error
            for tracker, events, _ in saving:
                tracker.unsaved = events + tracker.unsaved
        for _, _, committed in saving:
            if committed.done():
                continue  # whoever waited has hung up
            if failure is None:
                committed.set_result(None)
            else:
                committed.set_exception(failure)

    def _append(self, saving: Sequence[Saving]) -> None:
        rows = [_row(each.tracker.sender_id, event) for each in saving for event in each.events]
        with self.engine.begin() as connection:
            connection.execute(EVENTS.insert(), rows)
            last_stored = [_last_stored(connection, each.tracker.sender_id) for each in saving]
        for each, last in zip(saving, last_stored, strict=True):
            each.tracker.last_stored = last


def _last_stored(connection: sa.engine.Connection, sender_id: str) -> int | None:
    last: int | None = connection.execute(LAST_STORED, {"sender_id": sender_id}).scalar()
    return last


def _row(sender_id: str, event: Event) -> dict[str, Any]:
    """An event as Rasa's own store writes it."""
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get(INTENT_NAME_KEY),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }
