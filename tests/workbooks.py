"""Reads a written workbook with the reader the project uses, as plain rows."""


def sheet_rows(path, sheet=0):
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(path).get_sheet_by_index(sheet).to_python()
