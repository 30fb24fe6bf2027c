"""What the Bot API's methods do, as far as the bot uses them: messages, files, members, in Telegram's own words."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass, field
from typing import Any

from PIL import Image

from tests.servers.telegram_updates import BOT


class Refused(Exception):
    """The Bot API says no."""

    def __init__(self, text: str, code: int = 400, **parameters: int) -> None:
        super().__init__(text)
        self.text, self.code, self.parameters = text, code, parameters


@dataclass(slots=True)
class Methods:
    """State and methods; `_on_<method>(params, files)` answers or raises Refused."""

    privacy: bool = True
    messages: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    """What the bot's messages read now, by chat and id."""
    files: dict[str, bytes] = field(default_factory=dict)
    """What people sent, by file id."""
    paths: dict[str, str] = field(default_factory=dict)
    """Paths of files that are not served under their id."""
    moved: dict[int, int] = field(default_factory=dict)
    admins: set[int] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)
    """Who is in none of the groups any more."""
    topics: set[int] = field(default_factory=set)
    webhook: dict[str, Any] = field(default_factory=dict)
    _message: int = 10_000

    def _on_getMe(self, params: dict[str, Any], files: dict[str, bytes]) -> Any:  # noqa: N802
        more = {"can_join_groups": True, "can_read_all_group_messages": not self.privacy}
        return BOT | more | {"supports_inline_queries": False}

    def _on_deleteWebhook(self, params: dict[str, Any], files: dict[str, bytes]) -> Any:  # noqa: N802
        self.webhook = {}
        return True

    def _on_setWebhook(self, params: dict[str, Any], files: dict[str, bytes]) -> Any:  # noqa: N802
        self.webhook = params
        return True

    def _on_setMyCommands(self, params: dict[str, Any], files: dict[str, bytes]) -> Any:  # noqa: N802
        return True

    def _on_sendChatAction(self, params: dict[str, Any], files: dict[str, bytes]) -> Any:  # noqa: N802
        return True

    def _on_setMessageReaction(self, params: dict[str, Any], files: dict[str, bytes]) -> Any:  # noqa: N802
        return True

    def _on_answerCallbackQuery(self, params: dict[str, Any], files: dict[str, bytes]) -> Any:  # noqa: N802
        return True

    def _on_getChatMember(self, params: dict[str, Any], files: dict[str, bytes]) -> Any:  # noqa: N802
        who = {"id": params["user_id"], "is_bot": params["user_id"] == BOT["id"], "first_name": "X"}
        if params["user_id"] in self.gone:
            return {"status": "left", "user": who}
        return {"status": "member", "user": who} if params["user_id"] not in self.admins else _administrator(who)

    def _on_getChat(self, params: dict[str, Any], files: dict[str, bytes]) -> Any:  # noqa: N802
        accepts = dict.fromkeys(
            ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
        )
        base = {"id": int(params["chat_id"]), "type": "supergroup", "title": "Friends", "accent_color_id": 0}
        return base | {"max_reaction_count": 11, "accepted_gift_types": accepts}

    def _on_getFile(self, params: dict[str, Any], files: dict[str, bytes]) -> Any:  # noqa: N802
        name = params["file_id"]
        if name not in self.files and name not in self.paths:
            raise Refused("Bad Request: wrong file_id or the file is temporarily unavailable")
        size = len(self.files.get(name, b""))
        if size > 20 << 20:
            raise Refused("Bad Request: file is too big")
        path = self.paths.get(name, f"files/{name}")
        return {"file_id": name, "file_unique_id": f"{name}-u", "file_size": size, "file_path": path}

    def _on_sendMessage(self, params: dict[str, Any], files: dict[str, bytes]) -> Any:  # noqa: N802
        if not params["text"].strip():
            raise Refused("Bad Request: message text is empty")
        if len(params["text"].encode("utf-16-le")) // 2 > 4096:
            raise Refused("Bad Request: message is too long")
        return self._post(params, text=params["text"])

    def _on_sendMessageDraft(self, params: dict[str, Any], files: dict[str, bytes]) -> Any:  # noqa: N802
        if params["chat_id"] < 0:
            raise Refused("Bad Request: TEXTDRAFT_PEER_INVALID")
        return True

    def _on_editMessageText(self, params: dict[str, Any], files: dict[str, bytes]) -> Any:  # noqa: N802
        message = self._posted(params)
        markup = params.get("reply_markup")
        if (message["text"], message.get("reply_markup")) == (params["text"], markup):
            raise Refused(
                "Bad Request: message is not modified: specified new message content and reply markup are exactly the "
                "same as a current content and reply markup of the message"
            )
        message["text"] = params["text"]
        message.pop("reply_markup", None)
        message |= {"reply_markup": markup} if markup else {}
        return message

    def _on_editMessageReplyMarkup(self, params: dict[str, Any], files: dict[str, bytes]) -> Any:  # noqa: N802
        message = self._posted(params)
        message["reply_markup"] = params["reply_markup"]
        return message

    def _on_sendVideo(self, params: dict[str, Any], files: dict[str, bytes]) -> Any:  # noqa: N802
        return self._film(params, files, "video")

    def _on_sendDocument(self, params: dict[str, Any], files: dict[str, bytes]) -> Any:  # noqa: N802
        return self._film(params, files, "document")

    def _on_sendPhoto(self, params: dict[str, Any], files: dict[str, bytes]) -> Any:  # noqa: N802
        if len(params.get("caption", "").encode("utf-16-le")) // 2 > 1024:
            raise Refused("Bad Request: message caption is too long")
        name = f"sent-{self._message + 1}"
        self.files[name] = files["photo"]
        with Image.open(io.BytesIO(files["photo"])) as photo:
            width, height = photo.size
        size = {"file_id": name, "file_unique_id": f"{name}-u", "width": width, "height": height}
        return self._post(params, photo=[size], **({"caption": params["caption"]} if params.get("caption") else {}))

    def _on_sendPoll(self, params: dict[str, Any], files: dict[str, bytes]) -> Any:  # noqa: N802
        if not 2 <= len(params["options"]) <= 12:
            raise Refused("Bad Request: poll must have from 2 to 12 answer options")
        options = [
            {"persistent_id": str(number), "text": one["text"], "voter_count": 0}
            for number, one in enumerate(params["options"])
        ]
        poll = {
            "id": f"poll-{self._message + 1}",
            "question": params["question"],
            "options": options,
            "type": "regular",
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": params.get("is_anonymous", True),
            "allows_multiple_answers": params.get("allows_multiple_answers", False),
            "allows_revoting": True,
            "members_only": False,
        }
        return self._post(params, poll=poll)

    def _film(self, params: dict[str, Any], files: dict[str, bytes], kind: str) -> Any:
        if len(params.get("caption", "").encode("utf-16-le")) // 2 > 1024:
            raise Refused("Bad Request: message caption is too long")
        name = params.get(kind, "")
        if kind in files:
            name = f"sent-{self._message + 1}"
            self.files[name] = files[kind]
        elif name not in self.files:
            raise Refused("Bad Request: wrong remote file identifier specified: Wrong string length")
        sent = {"file_id": name, "file_unique_id": f"{name}-u", "file_size": len(self.files[name])}
        if kind == "video":
            sent |= {key: params.get(key, 0) for key in ("width", "height", "duration")}
        caption = {"caption": params["caption"]} if params.get("caption") else {}
        return self._post(params, **{kind: sent}, **caption)

    def _post(self, params: dict[str, Any], **content: Any) -> dict[str, Any]:
        for row in params.get("reply_markup", {}).get("inline_keyboard", []):
            if any(not 1 <= len(button.get("callback_data", "x").encode()) <= 64 for button in row):
                raise Refused("Bad Request: BUTTON_DATA_INVALID")
        self._message += 1
        where = int(params["chat_id"])
        kind = {"type": "private", "first_name": "Ana"} if where > 0 else {"type": "supergroup", "title": "Friends"}
        message = {"message_id": self._message, "date": int(time.time()), "chat": {"id": where, **kind}, "from": BOT}
        if markup := params.get("reply_markup"):
            content["reply_markup"] = markup
        if thread := params.get("message_thread_id"):
            content |= {"message_thread_id": thread, "is_topic_message": True}
        self.messages[where, self._message] = message | content
        return self.messages[where, self._message]

    def _posted(self, params: dict[str, Any]) -> dict[str, Any]:
        message = self.messages.get((int(params["chat_id"]), params["message_id"]))
        if message is None:
            raise Refused("Bad Request: message to edit not found")
        return message


def _administrator(who: dict[str, Any]) -> dict[str, Any]:
    rights = (
        "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members "
        "can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories can_delete_stories"
    )
    return {"status": "administrator", "user": who} | dict.fromkeys(rights.split(), True)
