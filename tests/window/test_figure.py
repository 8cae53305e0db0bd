import pytest
from PySide6.QtCore import QBuffer, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.reading.document import Block, BlockKind, Document, Picture, Source
from desktop.window.figure_dialog import FigureDialog
from desktop.window.reader_view import ReaderView


def png(width: int, height: int) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return buffer.data().data()


@pytest.fixture
def document() -> Document:
    blocks = (
        Block(0, BlockKind.PARAGRAPH, "A kiln in section."),
        Block(1, BlockKind.FIGURE, "A kiln", picture="kiln.png"),
        Block(2, BlockKind.CAPTION, "The chimney stands at the left."),
    )
    return Document(
        title="T", kicker=None, standfirst=None, authors=(), date=None, language="en",
        source=Source("t.epub", "0" * 64, "epub"), blocks=blocks,
        pictures=(Picture("kiln.png", "image/png", png(300, 200)),),
    )  # fmt: skip


def test_a_click_on_a_picture_asks_for_it_and_beside_it_does_not(qtbot, document):
    page = ReaderView()
    qtbot.addWidget(page)
    page.resize(760, 700)
    page.show_document(document)
    page.show()
    qtbot.waitExposed(page)
    assert page.figures_on_show() == [1]
    top = round(page.page_geometry.top_of(1)) + 100
    with qtbot.waitSignal(page.figure_wanted) as heard:
        QTest.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, top))
    assert heard.args == [1]
    with qtbot.assertNotEmitted(page.figure_wanted):
        QTest.mouseClick(page.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(330, top))


def test_the_picture_fills_the_window_and_keeps_its_shape(qtbot, document):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(1000, 800)
    dialog = FigureDialog(parent, document, 1)
    shown = dialog.picture.pixmap()
    assert shown.width() > 800
    assert abs(shown.width() / shown.height() - 1.5) < 0.02
    assert dialog.caption.text() == "The chimney stands at the left."
    dialog.show()
    QTest.keyClick(dialog, Qt.Key.Key_Space)
    assert dialog.result() == FigureDialog.DialogCode.Accepted
