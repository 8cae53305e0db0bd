"""The style sheet of the window, made from the colours of a theme."""

from __future__ import annotations

from string import Template

from desktop.window.colours import Colours, mixed

# Names after $ are fields of Colours or the few mixtures below. Sizes are pixels.
_SHEET = Template("""
* { color: $text; outline: 0; }
QMainWindow, QDialog, #page { background: $window; }
QWidget#rail { background: $sidebar; border-right: 1px solid $line; }
QWidget#header { background: $window; border-bottom: 1px solid $line; }
QWidget#pane, QWidget#pane_head { background: $window; }
QSplitter::handle { background: $line; }
QSplitter::handle:hover { background: $accent; }

QLabel { background: transparent; }
QLabel[role="muted"] { color: $muted; font-size: 13px; }
QLabel[role="tiny"] { color: $muted; font-size: 12px; }
QLabel[role="title"] { font-size: 22px; font-weight: 600; }
QLabel[role="section"] { font-size: 16px; font-weight: 600; }
QLabel[role="heading"] { color: $muted; font-size: 12px; font-weight: 600; }
QLabel[role="warning"] { color: $warning; }

QToolTip { background: $card; color: $text; border: 1px solid $line_strong; padding: 5px 8px;
    font-size: 13px; }

QPushButton { background: $card; border: 1px solid $line_strong; border-radius: 8px;
    padding: 6px 14px; min-height: 20px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border: 2px solid $accent; padding: 5px 13px; }
QPushButton:disabled { color: $faint; border-color: $line; background: transparent; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent;
    font-weight: 600; }
QPushButton[role="primary"]:hover { background: $accent_strong; border-color: $accent_strong; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled { background: $line; border-color: $line; color: $faint; }
QPushButton[role="quiet"] { background: transparent; border: 1px solid transparent;
    color: $accent; padding: 5px 8px; font-weight: 600; }
QPushButton[role="quiet"]:hover { background: $hover; }
QPushButton[role="quiet"]:focus { border: 2px solid $accent; padding: 4px 7px; }
QPushButton[role="link"] { background: transparent; border: 2px solid transparent;
    color: $accent; padding: 2px 4px 2px 0; text-align: left; min-height: 16px; }
QPushButton[role="link"]:hover { background: $hover; }
QPushButton[role="link"]:focus { border-color: $accent; }
QPushButton[role="passage"] { background: $card; border: 1px solid $line; border-radius: 8px;
    padding: 0; text-align: left; }
QPushButton[role="passage"]:hover { border-color: $line_strong; background: $hover; }
QPushButton[role="passage"]:focus { border: 2px solid $accent; }
QPushButton[role="passage"][current="true"] { background: $accent_soft;
    border-color: $accent_soft; }
QPushButton[role="rating"] { padding: 8px 6px; min-height: 40px; font-weight: 600; }
QPushButton[role="rating"][rating="1"] { color: $accent; }
QPushButton[role="rating"][rating="3"] { color: $good; }

QToolButton { background: transparent; border: 2px solid transparent; border-radius: 8px;
    padding: 5px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $accent_soft; }
QToolButton:focus { border-color: $accent; }
QToolButton::menu-indicator { image: none; }
QToolButton[role="rail"] { border-radius: 10px; padding: 6px 2px 5px 2px; font-size: 12px;
    color: $muted; min-width: 60px; }
QToolButton[role="rail"]:hover { background: $rail_hover; }
QToolButton[role="rail"]:checked { background: $accent_soft; color: $accent; font-weight: 600; }
QToolButton[role="segment"] { border: 2px solid transparent; border-radius: 7px;
    padding: 3px 12px; color: $muted; }
QToolButton[role="segment"]:checked { background: $segment_on; color: $text; font-weight: 600; }
QToolButton[role="segment"]:focus { border-color: $accent; }
QWidget#segments { background: $segment_ground; border-radius: 9px; }

QToolButton[role="chip"] { background: $card; border: 1px solid $line; border-radius: 13px;
    padding: 2px 10px; font-size: 13px; color: $muted; min-height: 20px; }
QToolButton[role="chip"]:hover { border-color: $line_strong; color: $text; }
QToolButton[role="chip"]:focus { border: 2px solid $accent; padding: 1px 9px; }
QToolButton[role="chip"]:checked { background: $text; border-color: $text; color: $window; }

QLineEdit, QPlainTextEdit, QSpinBox, QDateEdit, QComboBox {
    background: $card; border: 1px solid $line_strong; border-radius: 8px; padding: 6px 10px;
    selection-background-color: $accent; selection-color: $on_accent; min-height: 20px; }
QLineEdit:focus, QPlainTextEdit:focus, QSpinBox:focus, QDateEdit:focus, QComboBox:focus {
    border: 2px solid $accent; padding: 5px 9px; }
QSpinBox QLineEdit, QComboBox QLineEdit { border: 0; padding: 0; background: transparent;
    min-height: 0; }
QLineEdit#search { border-radius: 10px; padding-left: 4px; }
QComboBox::drop-down, QDateEdit::drop-down { border: 0; width: 26px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url("$arrow_down"); width: 14px;
    height: 14px; }
QComboBox QAbstractItemView { background: $card; border: 1px solid $line_strong; padding: 4px;
    selection-background-color: $accent_soft; selection-color: $text; }
QSpinBox { padding: 6px 24px 6px 0; }
QSpinBox:focus { padding: 5px 23px 5px 0; }
QSpinBox::up-button, QSpinBox::down-button { border: 0; width: 22px; }
QSpinBox::up-arrow { image: url("$arrow_up"); width: 12px; height: 12px; }
QSpinBox::down-arrow { image: url("$arrow_down"); width: 12px; height: 12px; }
QCheckBox, QRadioButton { spacing: 8px; padding: 3px; border: 2px solid transparent;
    border-radius: 6px; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox::indicator, QRadioButton::indicator, #sources::indicator {
    width: 16px; height: 16px; background: $card;
    border: 1px solid $line_strong; border-radius: 5px; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:checked, #sources::indicator:checked {
    background: $accent; border-color: $accent; image: url("$tick"); }
QRadioButton::indicator:checked { background: $accent; border: 5px solid $accent;
    image: none; width: 8px; height: 8px; background: $on_accent; }

QListView, QScrollArea, QTextBrowser { background: transparent; border: 0; }
QListWidget#sources { background: $card; border: 1px solid $line; border-radius: 6px; }
QListWidget#sources:focus { border-color: $accent; }
QListWidget#sources::item { padding: 4px; color: $text; }
QListWidget#sources::item:selected { background: $accent_soft; }
QScrollArea > QWidget > QWidget { background: transparent; }
QTextBrowser#reader { background: $page; border: 0; selection-background-color: $select;
    selection-color: $text; }
QListWidget#outline::item { padding: 5px 6px; border-radius: 6px; color: $text; }
QListWidget#outline::item:selected { background: $accent_soft; color: $text; }
QListWidget#labels::item { padding: 6px 8px; border-radius: 7px; color: $text; }
QListWidget#labels::item:disabled { color: $muted; padding: 14px 8px 4px 8px; }
QListWidget#labels::item:hover:!disabled { background: $hover; }
QListWidget#labels::item:selected { background: $accent_soft; color: $text; }
#find_bar { background: $page; border-bottom: 1px solid $line; }
QTabBar { background: transparent; }
QTableView { background: $card; alternate-background-color: $window; border: 0;
    selection-background-color: $accent_soft; selection-color: $text; }
QTableView::item { padding: 0 8px; border: 0; border-bottom: 1px solid $line; }
QTableView::item:selected { background: $accent_soft; color: $text; }
QHeaderView { background: $window; border: 0; }
QHeaderView::section { background: $window; color: $muted; border: 0; padding: 6px 8px;
    border-bottom: 1px solid $line_strong; font-size: 12px; font-weight: 600; }
QHeaderView::section:hover { color: $text; }
QTreeWidget#browser_sidebar { background: $sidebar; border: 0; padding: 8px 4px; }
QTreeWidget#browser_sidebar::item { padding: 3px 2px; border-radius: 6px; }
QTreeWidget#browser_sidebar::item:hover { background: $hover; }
QTreeWidget#exchange_list { background: $card; border: 1px solid $line; border-radius: 8px; }
QTreeWidget#exchange_list::item { padding: 4px 2px; }
QTreeWidget#exchange_list::item:selected { background: $accent_soft; color: $text; }
QTreeWidget#browser_sidebar::item:selected { background: $accent_soft; color: $text; }
QWidget#browser_preview { background: $page; border-top: 1px solid $line; }
QProgressBar { background: $line; border: 0; max-height: 3px; min-height: 3px; }
QProgressBar::chunk { background: $accent; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 2px; }
QScrollBar::handle { background: $line_strong; border-radius: 4px; }
QScrollBar::handle:vertical { min-height: 36px; }
QScrollBar::handle:horizontal { min-width: 36px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenu { background: $card; border: 1px solid $line_strong; border-radius: 8px; padding: 6px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 6px; }
QMenu::item:selected { background: $accent_soft; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $line; margin: 6px 8px; }
QMenu::icon { padding-left: 8px; }

QFrame#card, QFrame#tile { background: $card; border: 1px solid $line; border-radius: 12px; }
QFrame#tile { border-color: $accent; }
QFrame#hover_card { background: $card; border: 1px solid $line_strong; border-radius: 10px; }
QFrame#toast { background: $text; border-radius: 10px; }
QFrame#toast QLabel { color: $window; }
QFrame#toast QPushButton { background: transparent; border: 2px solid transparent;
    color: $toast_accent; font-weight: 600; padding: 3px 8px; }
QFrame#toast QPushButton:focus { border-color: $toast_accent; }
QFrame#notice { background: $accent_soft; border-radius: 10px; }
QWidget#drop_place { background: $accent_soft; border: 2px dashed $accent; border-radius: 16px; }
QFrame#rule { background: $line; max-height: 1px; min-height: 1px; border: 0; }
QFrame#evidence { background: $evidence; border-radius: 8px; }
QFrame#overlay { background: $window; border: 1px solid $line_strong; border-radius: 14px; }
""")


def style_sheet(colours: Colours, pictures: dict[str, str] | None = None) -> str:
    """Return the style sheet for ``colours``; ``pictures`` maps arrows and ticks to file paths."""
    c = colours
    names = {field: getattr(c, field) for field in Colours.__dataclass_fields__ if field != "kinds"}
    return _SHEET.substitute(
        names,
        faint=mixed(c.window, c.muted, 0.62),
        accent_strong=mixed(c.accent, c.text, 0.22),
        rail_hover=mixed(c.sidebar, c.text, 0.07),
        segment_on=mixed(c.card, c.text, 0.14) if c.dark else c.card,
        segment_ground=mixed(c.window, c.text, 0.07),
        select=mixed(c.page, c.accent, 0.28),
        toast_accent="#ffb7a3" if not c.dark else c.accent_soft,
        **(pictures or {"arrow_down": "", "arrow_up": "", "tick": ""}),
    )
