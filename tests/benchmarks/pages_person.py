"""A person who answers questions, without a browser: speaks to the server as the browser's program does.

The address bar is kept as the page's script and the server's messages change it, because the app reads it.
"""

import json
import random
import re
import time
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

_REPLACED = re.compile(r'location\.search !== ("(?:[^"\\]|\\.)*")')


@dataclass(frozen=True)
class Timed:
    """Seconds from an answer to the new leaning, and to the end of the page; bytes that came back."""

    leaning: float
    page: float
    received: int


@dataclass
class Person:
    """One session. ``seed`` decides what the person answers."""

    port: int
    seed: int
    socket: ClientConnection | None = None
    query: str = ""
    page: str = ""  # the hash of the page shown
    first: str = ""
    widgets: dict[str, Any] = field(default_factory=dict)  # user key -> its protobuf, of the last run
    states: dict[str, WidgetState] = field(default_factory=dict)
    exceptions: list[str] = field(default_factory=list)

    async def open(self) -> Timed:
        """Connect and load the first page."""
        address = f"ws://127.0.0.1:{self.port}/_stcore/stream"
        self.socket = await connect(address, subprotocols=["streamlit"], max_size=None)  # type: ignore[list-item]
        timed = await self._run()
        self.first = self.page
        return timed

    async def close(self) -> None:
        if self.socket is not None:
            await self.socket.close()

    async def answer(self, dice: random.Random) -> Timed:
        """Give one answer on the page shown, at random."""
        asked = [key for key in self.widgets if key.startswith(("one-", "many-"))]
        key = dice.choice(asked)
        widget = self.widgets[key]
        state = WidgetState(id=widget.id)
        if key.startswith("one-"):
            state.string_value = dice.choice(list(widget.options))
        else:
            before = self.states.get(widget.id)
            state.bool_value = not (before.bool_value if before is not None else widget.default)
        self.states[widget.id] = state
        return await self._run()

    async def press(self, key: str) -> Timed:
        """Press a button."""
        return await self._run(WidgetState(id=self.widgets[key].id, trigger_value=True))

    async def start_again(self) -> Timed:
        """Go to the first page, as the browser does after a click in the navigation."""
        self.page, self.states = self.first, {}
        return await self._run()

    async def _run(self, pressed: WidgetState | None = None) -> Timed:
        assert self.socket is not None
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_script_hash = self.page
        message.rerun_script.context_info.locale = "en"
        message.rerun_script.context_info.url = f"http://127.0.0.1:{self.port}/"
        message.rerun_script.widget_states.widgets.extend(self.states.values())
        if pressed is not None:
            message.rerun_script.widget_states.widgets.append(pressed)
        start = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        return await self._receive(start)

    async def _receive(self, start: float) -> Timed:
        assert self.socket is not None
        widgets: dict[str, Any] = {}
        leaning, received = 0.0, 0
        while True:
            raw = await self.socket.recv()
            received += len(raw)
            message = ForwardMsg.FromString(raw if isinstance(raw, bytes) else raw.encode())
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.page = message.new_session.page_script_hash or self.page
            elif kind == "page_info_changed":
                self.query = message.page_info_changed.query_string
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                leaning = self._element(message.delta.new_element, widgets, leaning, start)
            elif kind == "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    widgets = {}
                    continue
                self.widgets = widgets
                shown = {widget.id for widget in widgets.values()}  # the browser forgets what is gone
                self.states = {name: state for name, state in self.states.items() if name in shown}
                end = time.perf_counter() - start
                return Timed(leaning or end, end, received)

    def _element(self, element: Any, widgets: dict[str, Any], leaning: float, start: float) -> float:
        kind = element.WhichOneof("type")
        if kind in ("radio", "checkbox", "button"):
            widget = getattr(element, kind)
            widgets[widget.id.split("-", 2)[-1]] = widget
            if kind != "button" and widget.set_value:
                state = WidgetState(id=widget.id)
                if kind == "radio":
                    state.string_value = widget.raw_value
                else:
                    state.bool_value = widget.value
                self.states[widget.id] = state
        elif kind == "html":
            if not leaning and 'class="balance' in element.html.body:
                return time.perf_counter() - start
            replaced = _REPLACED.search(element.html.body)
            if replaced:
                self.query = json.loads(replaced[1]).removeprefix("?")
        elif kind == "exception":
            self.exceptions.append(element.exception.message)
        return leaning
