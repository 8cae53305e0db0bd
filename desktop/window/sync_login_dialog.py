"""Asks for an account at a sync server and its password."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)


class SyncLoginDialog(QDialog):
    """``user``, ``address`` and ``password`` say what was typed once it is accepted."""

    def __init__(self, parent: QWidget, user: str, address: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("Sync with Anki")
        self.setMinimumWidth(480)
        self.address_field = QLineEdit(address)
        self.address_field.setPlaceholderText("AnkiWeb, or https://your.server/")
        self.user_field = QLineEdit(user)
        self.password_field = QLineEdit()
        self.password_field.setEchoMode(QLineEdit.EchoMode.Password)
        self.go = QPushButton("Sync")
        self.go.setProperty("role", "primary")
        self.go.setDefault(True)
        buttons = QDialogButtonBox()
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        title = QLabel("Sync with Anki")
        title.setProperty("role", "title")
        note = QLabel(
            "Your decks under “Glossator” are synced with Anki’s own engine; the rest of your "
            "collection is passed on as it is. What is kept of the password is a key, in your "
            "system’s keyring."
        )
        note.setProperty("role", "muted")
        note.setWordWrap(True)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setHorizontalSpacing(20)
        form.setVerticalSpacing(12)
        form.addRow("Server", self.address_field)
        form.addRow("Account", self.user_field)
        form.addRow("Password", self.password_field)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 22)
        column.setSpacing(14)
        column.addWidget(title)
        column.addWidget(note)
        column.addLayout(form)
        column.addWidget(buttons)
        for field in (self.user_field, self.password_field):
            field.textChanged.connect(self._check)
        (self.password_field if user else self.user_field).setFocus()
        self._check()

    @property
    def user(self) -> str:
        """The account."""
        return self.user_field.text().strip()

    @property
    def address(self) -> str:
        """The server's address; empty for AnkiWeb."""
        return self.address_field.text().strip()

    @property
    def password(self) -> str:
        """The password, kept nowhere."""
        return self.password_field.text()

    def _check(self) -> None:
        self.go.setEnabled(bool(self.user and self.password))
