"""RTF documents → drafts: styles, lists, tables, notes, links, pictures, every encoding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from desktop.errors import InputError
from desktop.reading.document import BlockKind, LeftOut, LeftOutKind, MarkKind
from desktop.reading.docx_text import Field
from desktop.reading.draft import HARD_BREAK, Draft, Reading
from desktop.reading.gallery import Gallery
from desktop.reading.limits import Limits
from desktop.reading.links import settle_links
from desktop.reading.note_blocks import note_drafts
from desktop.reading.properties import Properties, apply_properties
from desktop.reading.rtf_stream import Stream
from desktop.reading.rtf_tokens import Token, codec_of_charset, codec_of_page, tokens
from desktop.reading.style_names import CONTENTS, MONOSPACED, told_by_name

_DEEPEST = 2000  # groups within groups
_LEVELS = 6
_CHARACTERS = {
    "tab": " ", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "line": HARD_BREAK, "emspace": " ", "enspace": " ",
    "page": " ", "column": " ", "nestcell": " ", "nestrow": " ",
}  # fmt: skip
_SIGNS = {"~": "\xa0", "_": "\N{NON-BREAKING HYPHEN}", "\n": "\n", "\r": "\n", "{": "{", "}": "}",
          "\\": "\\"}  # fmt: skip
#: Groups that hold no text of the document, or hold it in a way of their own.
_ROLES = {
    "fonttbl": "fonts", "stylesheet": "styles", "title": "title", "author": "author",
    "creatim": "created", "pict": "pict", "fldinst": "instruction", "listtext": "label",
    "pntext": "label", "bkmkstart": "name", "annotation": "comment",
    "info": "info",
} | dict.fromkeys(
    "colortbl listtable listoverridetable rsidtbl generator xmlnstbl themedata datastore "
    "latentstyles colorschememapping bkmkend atnid atnauthor atntime atnref atndate objdata "
    "objclass nonshppict picprop sp pntxta pntxtb pn pgdsctbl filetbl revtbl template ftnsep "
    "private ftnsepc aftnsep aftnsepc docvar userprops wgrffmtfilter listpicture blipuid operator "
    "company subject keywords doccomm category manager hlinkbase revtim printim buptim panose falt "
    "datafield formfield xe tc mmathPr do".split(), "skip"
)  # fmt: skip
_HEADS = frozenset("header headerl headerr headerf footer footerl footerr footerf".split())
_MARKS = {"b": MarkKind.STRONG, "i": MarkKind.EMPHASIS}


@dataclass(slots=True)
class _State:
    """What is in force in a group; a group within begins with a copy."""

    stream: Stream
    role: str = "text"
    kinds: frozenset[MarkKind] = frozenset()
    font: int | None = None
    skipped: int = 1  # characters that stand in for one in Unicode
    gone: bool = False  # hidden, or deleted by a tracked change
    field: Field | None = None
    link: str | None = None
    star: bool = False

    def within(self) -> _State:
        """Return the state with which a group within this one begins."""
        return _State(self.stream, self.role, self.kinds, self.font, self.skipped, self.gone,
                      self.field, self.link)  # fmt: skip


@dataclass(slots=True)
class _Paragraph:
    """The properties of the paragraph at hand."""

    style: int | None = None
    outline: int | None = None
    depth: int = 1
    in_table: bool = False
    left: int = 0
    first: int = 0


@dataclass(slots=True)
class _Table:
    """What the head of the file describes: fonts and styles by number."""

    codecs: dict[int, str] = field(default_factory=dict)
    monospaced: set[int] = field(default_factory=set)
    styles: dict[int, tuple[BlockKind | None, int | None]] = field(default_factory=dict)
    contents: set[int] = field(default_factory=set)


#: Bytes at the start among which the mark of the format must stand.
_HEAD = 1024


def read_rtf(data: bytes, limits: Limits) -> Reading:
    """Read an RTF document; raises ``InputError`` with the bare reason."""
    if b"{\\rtf" not in data[:_HEAD]:
        raise InputError("it does not begin as RTF does")
    return _RtfReader(limits).read(data)


class _RtfReader:
    """One pass over the tokens of a file."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._ids: dict[str, Draft] = {}
        self._main = Stream(self._ids)
        self._now = _State(self._main)
        self._stack: list[_State] = []
        self._paragraph = _Paragraph()
        self._kept: list[_Paragraph] = []
        self._table = _Table()
        self._gallery = Gallery(limits)
        self._left_out: list[LeftOut] = []
        self._notes: list[Draft] = []
        self._count = self._pictures = 0
        self._codec = "cp1252"
        self._pending = bytearray()
        self._high = ""
        self._skip = 0
        self._collected: dict[str, list[str]] = {}
        self._bytes = bytearray()
        self._words: dict[str, Callable[[int | None], None]] = {
            "par": lambda _: self._end(), "sect": lambda _: self._end(),
            "cell": lambda _: self._cell(), "row": lambda _: self._now.stream.end_row(),
            "pard": lambda _: self._plain_paragraph(), "plain": lambda _: self._plain(),
            "field": lambda _: self._set(field=Field()), "footnote": lambda _: self._note(),
            "fldrslt": lambda _: self._result(),
            "u": self._unicode, "shptxt": lambda _: self._box(),
        }  # fmt: skip

    def read(self, data: bytes) -> Reading:
        """Return what the file says."""
        for token in tokens(data, self._limits.report):
            if token.brace == "}":
                self._close()
                if not self._stack:
                    break
            elif token.brace == "{":
                self._open()
            else:
                self._take(token)
        while self._stack:  # a file that breaks off
            self._close()
        self._flush()
        self._end()
        self._main.end_table()
        drafts = self._main.drafts + self._notes
        settle_links(drafts, self._ids)
        reading = Reading(
            drafts, self._left_out, self._gallery.warnings, self._gallery.pictures, whole=True
        )
        told = {key: "".join(pieces).strip() for key, pieces in self._collected.items()}
        apply_properties(
            reading, Properties(told.get("title"), told.get("author"), told.get("created"))
        )
        return reading

    # -- groups

    def _open(self) -> None:
        self._flush()
        if len(self._stack) >= _DEEPEST:
            raise InputError(f"it is nested more than {_DEEPEST} levels deep")
        self._stack.append(self._now)
        self._now = self._now.within()
        self._skip = 0

    def _close(self) -> None:
        self._flush()
        if not self._stack:
            return
        before, self._now = self._now, self._stack.pop()
        self._skip = 0
        if before.role == "pict" and self._now.role != "pict":
            self._picture()
        elif before.role != self._now.role:
            self._ended(before)
        if before.stream is not self._now.stream:
            self._finish(before)

    def _ended(self, group: _State) -> None:
        """Use what a group of its own kind held."""
        kept = group.role in {"title", "author", "created"}
        text = "" if kept else "".join(self._collected.pop(group.role, ()))
        if group.role == "label":
            self._now.stream.label = text
        elif group.role == "name" and text.strip():
            self._now.stream.names.append(text.strip())
        elif group.role == "comment" and text.strip():
            self._left_out.append(LeftOut(LeftOutKind.BOILERPLATE, text.strip()))

    def _finish(self, group: _State) -> None:
        """End a note, a running head or a box, and put its blocks where they belong."""
        stream = group.stream
        self._now, now = group, self._now
        self._end()
        stream.end_table()
        self._now = now
        self._paragraph = self._kept.pop() if self._kept else _Paragraph()
        if group.role == "head":
            for draft in stream.drafts:
                piece = LeftOut(LeftOutKind.RUNNING_HEAD, draft.text.strip())
                if piece.text and piece not in self._left_out:
                    self._left_out.append(piece)
        elif group.role == "note":
            if stream.drafts:
                label = stream.label or str(self._count)
                self._ids[f"note-{self._count}"] = stream.drafts[0]
                self._notes += note_drafts(stream.drafts, label)
        else:
            self._now.stream.after += stream.drafts

    def _set(self, **changes: object) -> None:
        for name, value in changes.items():
            setattr(self._now, name, value)

    # -- tokens

    def _take(self, token: Token) -> None:
        if token.word == "bin":
            if self._now.role == "pict":
                self._bytes += token.data
        elif token.word:
            if token.word != "u":
                self._flush()
            self._word(token.word, token.number)
        elif token.data:
            self._text(token)
        elif token.sign == "*":
            self._set(star=True)
        elif token.sign in _SIGNS:
            self._flush()
            if token.sign in "\r\n":
                self._end()
            else:
                self._add(_SIGNS[token.sign])

    def _word(self, word: str, number: int | None) -> None:
        if word in _ROLES and self._now.role != "skip":
            if not (word == "do" and not self._now.star):
                self._set(role=_ROLES[word])
        elif word in _HEADS:
            self._new_stream("head")
        elif word in self._words:
            self._words[word](number)
        elif word in _CHARACTERS:
            self._add(_CHARACTERS[word])
        elif word in _MARKS or word in {"v", "deleted", "f"}:
            self._format(word, number)
        elif self._now.star and self._now.role == "text" and word not in {"shppict", "shpinst"}:
            self._set(role="skip")  # a kind of group that is not known
        else:
            self._property(word, number)

    def _property(self, word: str, number: int | None) -> None:
        """Follow what is said of the file, of a font, of a paragraph."""
        value = number or 0
        if word == "ansicpg":
            self._codec = codec_of_page(value)
        elif word in {"mac", "pc", "pca"}:
            self._codec = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
        elif word == "fcharset" and self._now.font is not None:
            self._table.codecs[self._now.font] = codec_of_charset(value, self._codec)
        elif word == "uc":
            self._set(skipped=max(0, min(value, 20)))
        elif word == "s":
            self._paragraph.style = value
        elif word == "outlinelevel":
            self._paragraph.outline = value
        elif word == "li":
            self._paragraph.left = value
        elif word == "fi":
            self._paragraph.first = value
        elif word == "ilvl":
            self._paragraph.depth = max(1, min(value, 8) + 1)
        elif word in {"intbl", "itap"}:
            self._paragraph.in_table = number != 0
        elif self._now.role == "created" and word in {"yr", "mo", "dy"}:
            dash = "" if word == "yr" else "-"
            self._collected.setdefault("created", []).append(f"{dash}{value:02d}")

    def _format(self, word: str, number: int | None) -> None:
        on = number != 0
        if word in _MARKS:
            kind = _MARKS[word]
            self._set(kinds=self._now.kinds | {kind} if on else self._now.kinds - {kind})
        elif word == "f":
            self._set(font=number or 0)
        else:
            self._set(gone=on)

    def _text(self, token: Token) -> None:
        """Take bytes; those that stand in for a character in Unicode are passed over."""
        data = token.data
        if self._skip:
            used = min(self._skip, len(data))
            self._skip -= used
            data = data[used:]
        if self._now.role == "pict" and not token.coded:
            self._bytes += data
        else:
            self._pending += data

    def _unicode(self, number: int | None) -> None:
        self._flush()
        code = (number or 0) % 65536
        if 0xD800 <= code < 0xDC00:
            self._high = chr(code)
        elif 0xDC00 <= code < 0xE000:
            pair = (self._high + chr(code)).encode("utf-16-le", "surrogatepass")
            self._add(pair.decode("utf-16-le", "replace"))
            self._high = ""
        else:
            self._add(chr(code))
        self._skip = self._now.skipped

    def _flush(self) -> None:
        """Decode the bytes so far in the encoding of their font."""
        if self._pending:
            font = self._now.font
            codec = self._table.codecs.get(-1 if font is None else font, self._codec)
            text = bytes(self._pending).decode(codec, "replace")
            self._pending.clear()
            self._add(text)

    def _add(self, text: str) -> None:
        """Add text where the group that it stands in belongs."""
        now = self._now
        if now.role in {"text", "note", "head", "box"}:
            if now.gone:
                if text.strip():
                    self._left_out.append(LeftOut(LeftOutKind.BOILERPLATE, text.strip()))
                return
            mono = now.font in self._table.monospaced
            kinds = now.kinds | {MarkKind.CODE} if mono else now.kinds
            link = now.link
            now.stream.runs.add(text, kinds - {MarkKind.EMPHASIS} if link else kinds, link)
        elif now.role == "instruction" and now.field is not None:
            now.field.instruction += text
        elif now.role == "fonts":
            if MONOSPACED.search(text) and now.font is not None:
                self._table.monospaced.add(now.font)
        elif now.role == "styles":
            self._style(text)
        elif now.role not in {"skip", "pict"}:
            self._collected.setdefault(now.role, []).append(text)

    def _style(self, text: str) -> None:
        """Take the name of a style; number 0 is the plain paragraph."""
        name = text.strip().rstrip(";").lower()
        number = self._paragraph.style or 0
        told = told_by_name(name)
        if told[0] is None and self._paragraph.outline is not None:
            told = _heading(self._paragraph.outline)
        if number:
            self._table.styles[number] = told
            if CONTENTS.match(name):
                self._table.contents.add(number)
        self._paragraph = _Paragraph()

    # -- paragraphs

    def _plain_paragraph(self) -> None:
        self._paragraph = _Paragraph()

    def _plain(self) -> None:
        self._set(kinds=frozenset(), font=None, gone=False)

    def _end(self) -> None:
        if self._now.role in {"text", "note", "head", "box"}:
            self._end_paragraph(self._paragraph.in_table)

    def _end_paragraph(self, in_table: bool) -> None:
        one, stream = self._paragraph, self._now.stream
        told = self._table.styles.get(one.style or 0, (None, None))
        if told[0] is None and one.outline is not None:
            told = _heading(one.outline)
        within = self._now.field is not None and self._now.field.is_contents
        if within or one.style in self._table.contents:
            text = stream.runs.text.strip()
            stream.runs = type(stream.runs)()
            if text:
                self._left_out.append(LeftOut(LeftOutKind.NAVIGATION, text))
        hanging = one.left if one.first < 0 and told[0] is None else None
        stream.end_paragraph(told, one.depth, in_table=in_table, hanging=hanging)

    def _cell(self) -> None:
        if self._now.role in {"text", "note", "head", "box"}:
            self._end_paragraph(True)
            self._now.stream.end_cell()

    def _new_stream(self, role: str) -> None:
        self._kept.append(self._paragraph)
        self._paragraph = _Paragraph()
        self._set(stream=Stream(self._ids), role=role, kinds=frozenset(), link=None, field=None)

    def _note(self) -> None:
        self._count += 1
        self._now.stream.runs.add(f"[{self._count}]", (), f"#note-{self._count}")
        self._new_stream("note")

    def _box(self) -> None:
        self._new_stream("box")

    def _result(self) -> None:
        target = self._now.field.target if self._now.field else None
        self._set(link=target or self._now.link, star=False)

    def _picture(self) -> None:
        """Add the picture of a group that ended."""
        data, self._bytes = bytes(self._bytes), bytearray()
        try:
            found = bytes.fromhex("".join(data.decode("ascii").split()))
        except ValueError:
            found = data
        self._pictures += 1
        name = self._gallery.add(f"picture-{self._pictures}", found)
        if name is not None:
            self._now.stream.after.append(Draft(BlockKind.FIGURE, "", picture=name))


def _heading(outline: int) -> tuple[BlockKind | None, int | None]:
    return (BlockKind.HEADING, min(_LEVELS, outline + 1)) if 0 <= outline < 9 else (None, None)
