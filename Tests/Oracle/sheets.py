"""Workbooks for the tests of sheets: made, and read back, by openpyxl and zipfile, which nobody here wrote.

    sheets.py make KIND FILE    a workbook, sound or hostile
    sheets.py dump FILE         when it says that it was made, and the cells of its first worksheet, a line each
"""
import sys
import zipfile

import openpyxl

IMSMA = ["ProjName", "PolyID", "PointNo", "PointID", "PointType", "Xcoord", "Ycoord", "Distance", "Bearing",
         "FrPointID", "PointDesc"]
ROWS = [
    ["EPSG:6316", "A1 ", 1, "TP1", "Start Point", 7573696.217, 4798205.043, None, None, None, "Ćošak, јужни"],
    ["EPSG:6316", "A1 ", 2, "TP2", "Turning Point", 7573796.25, 4798205.5, 100.034, 89.75, "TP1", None],
    ["EPSG:6316", "A1 ", 3, 3, "Turning Point", 7573796, 4798305, 99.5, 0, "TP2", True],
    [None, None, None, "BM", "Benchmark", 7573600.1, 4798200.2, None, None, None, None],
]
CONTENT = ('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
BOOK = ('<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.'
        'openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/>'
        '</sheets></workbook>')
RELATIONS = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
             'Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
             'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/'
             'officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>')
SHEET = '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>%s</x:sheetData></x:worksheet>'


def sound(path, rows=ROWS, header=IMSMA):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Tačke"
    for row in [header] + rows:
        sheet.append(row)
    other = book.create_sheet("Other")
    for row in [["id", "lat", "lon"], ["P1", "43°19'28.9\"N", "21°54'12\"E"]]:
        other.append(row)
    book.save(path)


def formula(path):
    sound(path, [["", "A", 1, "T", "", "=1+2", 4, None, None, None, None]])


def parts(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)


def raw(path, rows, strings="<sst/>", book=BOOK, relations=RELATIONS):
    parts(path, [("[Content_Types].xml", CONTENT), ("xl/workbook.xml", book),
                 ("xl/_rels/workbook.xml.rels", relations), ("xl/sharedStrings.xml", strings),
                 ("xl/worksheets/sheet1.xml", SHEET % rows)])


def inline(values, row, reference=True):
    cells = "".join('<x:c%s t="inlineStr"><x:is><x:t>%s</x:t></x:is></x:c>' %
                    (' r="%s%d"' % ("ABCDEFGH"[i], row) if reference else "", v) for i, v in enumerate(values))
    return '<x:row r="%d">%s</x:row>' % (row, cells)


HEAD = inline(["id", "easting", "northing"], 1)


def truncated(path):
    sound(path)
    data = open(path, "rb").read()
    open(path, "wb").write(data[:len(data) * 2 // 3])


def damaged(path):
    sound(path)
    data = bytearray(open(path, "rb").read())
    for index in range(2000, min(len(data) - 300, 5000), 3):
        data[index] ^= 0x5A
    open(path, "wb").write(bytes(data))


def twice(path):
    import warnings
    warnings.simplefilter("ignore")
    parts(path, [("xl/workbook.xml", BOOK), ("xl/_rels/workbook.xml.rels", RELATIONS),
                 ("xl/worksheets/sheet1.xml", SHEET % HEAD), ("xl/worksheets/sheet1.xml", SHEET % HEAD)])


KINDS = {
    "sound": sound,
    "formula": formula,
    "prefixed": lambda p: raw(p, HEAD + inline(["P1", "7573696,217", "4798205,043"], 3, False)),
    "numbers": lambda p: raw(p, HEAD + "".join(
        '<x:row><x:c t="inlineStr"><x:is><x:t>P%d</x:t></x:is></x:c><x:c><x:v>%s</x:v></x:c><x:c><x:v>1</x:v></x:c></x:row>'
        % (i, v) for i, v in enumerate(["NaN", "inf", "1E999", "7.5736962170000002E6", "#", "0x10"]))),
    "runs": lambda p: raw(
        p, HEAD + '<x:row r="2" hidden="1"><x:c r="A2" t="s"><x:v>0</x:v></x:c><x:c r="B2"><x:v>1.5</x:v></x:c>'
        '<x:c r="C2"><x:v>2</x:v></x:c></x:row>',
        '<sst><si><r><t>T</t></r><r><t xml:space="preserve">_x0041__ 1</t></r><rPh sb="0" eb="1"><t>no</t></rPh></si></sst>'),
    "bomb": lambda p: raw(p, HEAD + " " * (200 << 20)),
    "strings-bomb": lambda p: raw(
        p, HEAD + "".join('<x:row><x:c t="s"><x:v>0</x:v></x:c></x:row>' for _ in range(3000)),
        "<sst><si><t>" + "A" * 32000 + "</t></si></sst>"),
    "entities": lambda p: raw(p, HEAD, '<!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa">' + "".join(
        '<!ENTITY %s "%s">' % (chr(98 + i), ("&%s;" % chr(97 + i)) * 10) for i in range(9)) + "]><sst><si><t>&j;</t></si></sst>"),
    "doctype": lambda p: raw(p, HEAD + inline(["A", "1.5", "2"], 2), "<!DOCTYPE sst><sst/>"),
    "not-xml": lambda p: raw(p, "<x:row></x:cell>"),
    "wide": lambda p: raw(p, '<x:row r="1"><x:c r="XFD1"><x:v>1</x:v></x:c></x:row>'),
    "beyond": lambda p: raw(p, '<x:row r="1"><x:c r="ZZZZZZ1"><x:v>1</x:v></x:c></x:row>'),
    "backwards": lambda p: raw(p, inline(["a"], 5) + HEAD),
    "far-row": lambda p: raw(p, inline(["a"], 99999999999)),
    "no-string": lambda p: raw(p, HEAD + '<x:row><x:c t="s"><x:v>7</x:v></x:c></x:row>'),
    "no-sheet": lambda p: parts(p, [("xl/workbook.xml", BOOK), ("xl/_rels/workbook.xml.rels", RELATIONS)]),
    "empty-book": lambda p: raw(p, HEAD, book="<workbook/>"),
    "not-a-workbook": lambda p: parts(p, [("word/document.xml", "<w/>")]),
    "many": lambda p: parts(p, [("f%d" % i, "") for i in range(10050)]),
    "truncated": truncated,
    "damaged": damaged,
    "twice": twice,
}


def dump(path):
    book = openpyxl.load_workbook(path)
    print("created", book.properties.created, sep="\t")
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.value is not None:
                print(cell.coordinate, cell.data_type, repr(cell.value), sep="\t")


if __name__ == "__main__":
    if sys.argv[1] == "make":
        KINDS[sys.argv[2]](sys.argv[3])
    else:
        dump(sys.argv[2])
