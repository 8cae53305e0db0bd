"""The reader's order in the library: collections, tags, search in all texts, covers."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.errors import LibraryError
from desktop.library import documents, labels, passages
from desktop.library.labels import Label, LabelKind
from desktop.library.passages import Found
from desktop.operations.open_library import OpenLibrary
from desktop.reading.document import Picture

_LONGEST_NAME = 80


class Collecting(OpenLibrary):
    """The part of a workspace that keeps texts together and finds them again."""

    def labels(self) -> list[Label]:
        """Return the collections and the tags, with how many texts have each."""
        return labels.all_labels(self._database)

    def label(self, kind: LabelKind, name: str, document_ids: Sequence[int]) -> int:
        """Put texts into a collection or give them a tag, which is made where there is none."""
        name = _name(name)
        what = "Add to a collection" if kind is LabelKind.COLLECTION else "Add a tag"
        with self._action(what, "documents"):
            number = labels.find_or_make(self._database, kind, name)
            labels.put(self._database, number, document_ids)
        return number

    def unlabel(self, label_id: int, document_ids: Sequence[int]) -> None:
        """Take texts out of a collection, or a tag from them."""
        with self._action("Take out", "documents"):
            labels.take(self._database, label_id, document_ids)

    def rename_label(self, label_id: int, name: str) -> None:
        """Give a collection or a tag another name; one that has it already takes its texts in."""
        with self._action("Rename", "documents"):
            labels.rename(self._database, label_id, _name(name))

    def delete_label(self, label_id: int) -> None:
        """Delete a collection or a tag; its texts stay in the library."""
        with self._action("Delete the label", "documents"):
            labels.delete(self._database, label_id)

    def remove_documents(self, document_ids: Sequence[int]) -> int:
        """Remove documents with the notes that come from them alone; return how many there were."""
        known = {
            number: text
            for number in dict.fromkeys(document_ids)
            if (text := documents.text_hash_of(self._database, number)) is not None
        }
        if known:
            self._removed.update(known.values())
            name = "Remove document" if len(known) == 1 else f"Remove {len(known)} documents"
            with self._action(name, "documents", "glossary", "notes", "cards", "marks"):
                for number in known:
                    documents.delete_document(self._database, number)
        return len(known)

    def cover(self, document_id: int) -> Picture | None:
        """Return the picture that stands for a text."""
        return documents.read_cover(self._database, document_id)

    def search(
        self, words: str, *, unfinished: bool = False, most_documents: int = 20,
        most_passages: int = 3, document_id: int | None = None,
    ) -> Found:  # fmt: skip
        """Look for words in all texts, or in one; words in quotation marks stand side by side.

        ``unfinished``: the last word may go on, as while it is typed.
        """
        query = passages.parse_query(words, unfinished=unfinished)
        if query is None:
            return Found(0, 0, ())
        return passages.search(
            self._database, query, documents=most_documents, passages=most_passages,
            document_id=document_id,
        )  # fmt: skip


def _name(name: str) -> str:
    name = " ".join(name.split())[:_LONGEST_NAME]
    if not name:
        raise LibraryError("A collection or a tag needs a name.")
    return name
