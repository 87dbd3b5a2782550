"""What a start is measured against: the barest PySide6 window with an empty table."""

import sys

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView


class BareWindow(QMainWindow):
    """Prints a line and leaves once it was painted."""

    def __init__(self) -> None:
        super().__init__()
        table = QTableView()
        table.setModel(QStandardItemModel(0, 4, self))
        self.setCentralWidget(table)
        self.resize(1100, 700)
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Report after the first paint."""
        if event.type() == QEvent.Type.Paint and watched is self:
            self.removeEventFilter(self)
            QTimer.singleShot(0, self._painted)
        return False

    def _painted(self) -> None:
        print("painted", flush=True)
        QApplication.quit()


if __name__ == "__main__":
    application = QApplication(sys.argv)
    window = BareWindow()
    window.show()
    sys.exit(application.exec())
