"""Live conversations and the database beneath them: nothing lost, nothing twice, nothing stale."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy
from rasa.core.brokers.broker import EventBroker
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    BotUttered,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.exc import OperationalError

from bot.tracker_store import LiveTracker, LiveTrackerStore

DOMAIN = Domain.from_dict(
    {"slots": {"language": {"type": "any", "mappings": [{"type": "from_text"}]}}}
)


class Listener(EventBroker):
    def __init__(self) -> None:
        self.heard: list[str] = []

    def publish(self, event: dict[str, str]) -> None:
        self.heard.append(event["event"])


def store_at(file: Path, **settings: object) -> LiveTrackerStore:
    return LiveTrackerStore(DOMAIN, dialect="sqlite", db=str(file), **settings)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "conversations.sqlite"


def say(store: LiveTrackerStore, text: str, sender: str = "person") -> LiveTracker:
    return asyncio.run(turn(store, text, sender))


async def turn(store: LiveTrackerStore, text: str, sender: str) -> LiveTracker:
    tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
    tracker.update(UserUttered(text))
    tracker.update(SlotSet("language", "sv"))
    tracker.update(BotUttered(f"answer to {text}"))
    await store.save(tracker)
    return tracker


def say_at_once(store: LiveTrackerStore, *senders: str) -> list[LiveTracker | BaseException]:
    async def turns() -> list[LiveTracker | BaseException]:
        return await asyncio.gather(
            *(turn(store, "one", sender) for sender in senders), return_exceptions=True
        )

    return asyncio.run(turns())


def stored(file: Path) -> list[str]:
    with sqlite3.connect(file) as connection:
        rows = connection.execute("select type_name from events order by id").fetchall()
    return [kind for (kind,) in rows]


def test_every_event_is_in_the_database_in_order_when_save_returns(file: Path) -> None:
    store = store_at(file)
    say(store, "one")
    assert stored(file) == ["user", "slot", "bot"]
    say(store, "two")
    assert stored(file) == ["user", "slot", "bot"] * 2


def test_a_live_conversation_is_not_rebuilt(file: Path) -> None:
    store = store_at(file)
    assert say(store, "one") is say(store, "two")


def test_another_server_finds_the_conversation_and_its_state(file: Path) -> None:
    say(store_at(file), "one")
    tracker = say(store_at(file), "two")
    assert [event.text for event in tracker.events if isinstance(event, UserUttered)] == [
        "one",
        "two",
    ]
    assert tracker.get_slot("language") == "sv"


def test_a_conversation_that_went_on_elsewhere_is_read_anew(file: Path) -> None:
    here, there = store_at(file), store_at(file)
    say(here, "one")
    say(there, "two")
    tracker = say(here, "three")
    assert [event.text for event in tracker.events if isinstance(event, UserUttered)] == [
        "one",
        "two",
        "three",
    ]
    assert stored(file) == ["user", "slot", "bot"] * 3


def test_a_turn_that_failed_leaves_nothing(file: Path) -> None:
    store = store_at(file)
    say(store, "one")

    async def fail() -> DialogueStateTracker | None:
        tracker = await store.retrieve("person")
        assert tracker is not None
        tracker.update(UserUttered("never answered"))
        return await store.retrieve("person")

    tracker = asyncio.run(fail())
    assert tracker is not None
    assert [event.text for event in tracker.events if isinstance(event, UserUttered)] == ["one"]


def test_memory_holds_the_latest_events_and_the_database_all(file: Path) -> None:
    store = store_at(file, history=6)
    for number in range(5):
        tracker = say(store, str(number))
    # Of the turns before the last two only the slot that was set.
    assert [event.type_name for event in tracker.events] == ["slot"] + ["user", "slot", "bot"] * 2
    assert len(stored(file)) == 15
    whole = asyncio.run(store.retrieve_full_tracker("person"))
    assert whole is not None
    assert len(whole.events) == 15


def test_what_still_holds_outlives_the_history(file: Path) -> None:
    tracker = LiveTracker("person", DOMAIN.slots)
    tracker.update(SlotSet("language", "fi"))
    tracker.update(SlotSet("language", "sv"))
    tracker.update(ActiveLoop("readiness_form"))
    for _ in range(10):
        tracker.update(ActionExecuted("action_listen"))
    tracker.trim(3)
    assert [type(event) for event in tracker.events] == [SlotSet, ActiveLoop] + [ActionExecuted] * 3
    assert tracker.events[0].value == "sv"


def test_a_copy_is_independent() -> None:
    tracker = LiveTracker("person", DOMAIN.slots)
    tracker.update(SlotSet("language", "fi"))
    tracker.update(ActiveLoop("readiness_form"))
    twin = tracker.copy()
    twin.update(SlotSet("language", "en"))
    twin.update(ActionExecutionRejected("readiness_form"))
    assert (tracker.get_slot("language"), twin.get_slot("language")) == ("fi", "en")
    assert (tracker.is_active_loop_rejected, twin.is_active_loop_rejected) == (False, True)
    assert len(tracker.events) == 2
    assert len(tracker.unsaved) == 2


def test_only_so_many_conversations_stay_in_memory(file: Path) -> None:
    store = store_at(file, live=2)
    first = say(store, "one", "first")
    for sender in ("second", "third"):
        say(store, "one", sender)
    again = say(store, "two", "first")
    assert again is not first
    assert len(again.events) == 6


def test_an_event_broker_hears_each_event_once(file: Path) -> None:
    listener = Listener()
    store = store_at(file, event_broker=listener)
    say(store, "one")
    say(store, "two")
    assert listener.heard == ["user", "slot", "bot"] * 2


def test_what_the_database_refused_is_stored_with_the_next_turn(file: Path) -> None:
    store = store_at(file)
    say(store, "one")
    with sqlite3.connect(file) as connection:
        connection.execute("alter table events rename to elsewhere")
    with pytest.raises(OperationalError):
        say(store, "two")
    with sqlite3.connect(file) as connection:
        connection.execute("alter table elsewhere rename to events")
    say(store, "three")
    assert stored(file) == ["user", "slot", "bot"] * 2


def test_a_broker_that_fails_makes_nothing_stored_twice(file: Path) -> None:
    class Deaf(Listener):
        def publish(self, event: dict[str, str]) -> None:
            raise ConnectionError

    store = store_at(file, event_broker=Deaf())
    for text in ("one", "two"):
        with pytest.raises(ConnectionError):
            say(store, text)
    assert stored(file) == ["user", "slot", "bot"] * 2


def test_what_is_saved_in_one_moment_is_committed_once(file: Path) -> None:
    store = store_at(file)
    commits: list[object] = []
    sqlalchemy.event.listen(store.engine, "commit", commits.append)
    say_at_once(store, "first", "second", "third")
    assert len(commits) == 1
    assert stored(file) == ["user", "slot", "bot"] * 3
    say_at_once(store, "second")
    tracker = say(store, "three", "second")
    assert len(tracker.events) == 9


def test_a_conversation_that_is_refused_does_not_hold_others_up(file: Path) -> None:
    store = store_at(file)
    no_text = "\ud800"  # half a character: SQLite takes it neither as text nor as a key
    first, refused, third = say_at_once(store, "first", no_text, "third")
    assert isinstance(refused, UnicodeEncodeError)
    assert isinstance(first, LiveTracker)
    assert isinstance(third, LiveTracker)
    assert stored(file) == ["user", "slot", "bot"] * 2


def test_whoever_hangs_up_while_saving_leaves_nothing_twice(file: Path) -> None:
    store = store_at(file)

    async def hang_up_and_write_again() -> None:
        first = asyncio.ensure_future(turn(store, "one", "person"))
        await asyncio.sleep(0)  # it waits for the commit
        first.cancel()
        tracker = store._trackers["person"]
        tracker.update(UserUttered("two"))
        await store.save(tracker)

    asyncio.run(hang_up_and_write_again())
    assert stored(file) == ["user", "slot", "bot", "user"]
