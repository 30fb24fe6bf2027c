"""The tables. What a row means stands beside it; who reads it, in `sql.py`."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, MetaData, Table, Text, UniqueConstraint

SCHEMA_VERSION = 4

metadata = MetaData()

meta = Table("bot_meta", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

chats = Table(
    "bot_chats",
    metadata,
    Column("chat", Text, primary_key=True),  # ChatRef.key
    Column("sequence", Integer, nullable=False),  # of the last event; orders the lane
    Column("project", Integer, nullable=False),  # number of the current project
    Column("language", Text, nullable=False),
    Column("private", Integer, nullable=False),
    Column("lane", Text, nullable=False),  # the first key it had; a chat that moves keeps its lane
)

projects = Table(
    "bot_projects",
    metadata,
    Column("chat", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("session", Text),  # JSON of core.session.Session, once the backend has one
    Column("delivered", Integer, nullable=False),
)

events = Table(
    "bot_events",
    metadata,
    Column("id", Text, primary_key=True),  # the platform's update id: its memory is the deduplication
    Column("chat", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("body", Text, nullable=False),  # JSON of core.chat.Inbound
    Column("handled", Integer, nullable=False),  # 0 until it has a turn or needs none
    Column("at", Integer, nullable=False, server_default="0"),  # seconds since 1970, when it was kept
    UniqueConstraint("chat", "sequence"),
)

items = Table(
    "bot_items",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("chat", Text, nullable=False),
    Column("project", Integer, nullable=False),
    Column("event", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("ref", Text, nullable=False),  # JSON of core.media.MediaRef
    Column("caption", Text, nullable=False),
    Column("arrived", Text, nullable=False),  # ISO 8601
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("person", Text, nullable=False, server_default=""),  # who sent it: `platform:user id`
    Column("name", Text, nullable=False, server_default=""),  # what they are called
    Column("message", Text, nullable=False, server_default=""),  # the platform's id of the message that brought it
    Column("origin", Text, nullable=False, server_default=""),  # ChatRef.key of where it was sent
    Column("place", Integer, nullable=False, server_default="0"),  # in the order in which files are sent on
    Column("sent", Integer, nullable=False, server_default="0"),  # 1 while the service's project holds it
    Column("shown", Integer),  # whether the last film has it
    Column("number", Integer, nullable=False, server_default="0"),  # on the contact sheet, from 1
    Column("dropped", Integer, nullable=False, server_default="0"),  # 1 when the group chose to leave it out
    Column("lead", Integer, nullable=False, server_default="0"),  # place among those that begin the film, from 1
    UniqueConstraint("event", "position"),
    Index("bot_items_of_project", "chat", "project"),
    Index("bot_items_from", "origin", "person"),
)
Index("bot_items_arrived", items.c.chat, items.c.project, sqlite_where=items.c.state == "arrived")

turns = Table(
    "bot_turns",
    metadata,
    Column("id", Text, primary_key=True),
    Column("chat", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("project", Integer, nullable=False),
    Column("route", Text, nullable=False),  # JSON of core.intents.Route
    Column("language", Text, nullable=False),
    Column("aside", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),  # how often it was begun since it last got on
    Column("ended", Integer),  # seconds since 1970; none while it waits or runs
    Index("bot_turns_of_chat", "chat", "sequence"),
)

Index("bot_events_unhandled", events.c.sequence, sqlite_where=events.c.handled == 0)
Index("bot_turns_open", turns.c.chat, sqlite_where=turns.c.ended.is_(None))

marks = Table(
    "bot_marks",
    metadata,
    Column("turn", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    ForeignKeyConstraint(["turn"], ["bot_turns.id"], ondelete="CASCADE"),
)

notes = Table(
    "bot_notes",
    metadata,
    Column("platform", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

looks = Table(
    "bot_looks",
    metadata,
    Column("item", Integer, primary_key=True, autoincrement=False),
    Column("digest", Text, nullable=False),  # SHA-256, hexadecimal
    Column("likeness", Text, nullable=False),  # 64 bits in hexadecimal, or empty
    Column("pixels", Integer, nullable=False),
    Column("taken", Text, nullable=False),  # ISO 8601, or empty
    Column("error", Text, nullable=False),  # message key: why the file cannot be used
    Column("tall", Integer, nullable=False, server_default="0"),  # 1 when it is higher than wide
)

votes = Table(
    "bot_votes",
    metadata,
    Column("item", Integer, primary_key=True, autoincrement=False),
    Column("person", Text, primary_key=True),  # who likes it: `platform:user id`
)

collections = Table(
    "bot_collections",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("chat", Text, nullable=False),
    Column("project", Integer, nullable=False),  # of the chat; it holds the files
    Column("title", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("code", Text, nullable=False, unique=True),  # what guests join by
    Column("opener", Text, nullable=False),
    Column("open", Integer, nullable=False),
    Column("until", Text, nullable=False),  # ISO 8601, or empty
    Column("heard", Integer, nullable=False),  # seconds since 1970, when something last arrived
    Column("asked", Integer, nullable=False, server_default="0"),  # 1 once it was asked whether to go on
    Column("offered", Integer, nullable=False, server_default="0"),  # 1 once the next version was offered
    Column("everything", Integer, nullable=False, server_default="0"),
    Column("names", Integer, nullable=False, server_default="1"),
    Column("picking", Integer, nullable=False, server_default="0"),  # 1 once a live line shows what is chosen
    Index("bot_collections_of_chat", "chat", "project"),
)

guests = Table(
    "bot_guests",
    metadata,
    Column("chat", Text, primary_key=True),  # whose files count in elsewhere
    Column("collection", Integer, nullable=False),
)

rules = Table(
    "bot_rules",
    metadata,
    Column("chat", Text, primary_key=True),
    Column("body", Text, nullable=False),  # JSON of core.event.rights.Rules
)

outs = Table(
    "bot_outs",
    metadata,
    Column("chat", Text, primary_key=True),
    Column("person", Text, primary_key=True),  # whose files are not kept here
)
