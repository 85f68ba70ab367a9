"""Pages of the takeover: send a workbook, look at its columns, see what will be done, take over, reconcile, undo."""
