import Digests
import GRDBSQLite
import GeoPackage

/// SHA-256 over the rows of a table: whatever is changed in a value, put in or left out shows.
///
/// Of each row its number, then each value as a byte for its kind and, behind a length for texts and bytes, what SQLite
/// holds: integers and reals in eight bytes, little-endian.
struct TableDigest: ~Copyable {
  private var digest = Digest()
  private var waiting: [UInt8] = []
  private(set) var rows = 0

  mutating func add(_ fid: Int64, _ shape: [UInt8]?, _ values: [AttributeValue]) {
    rows += 1
    put(UInt64(bitPattern: fid))
    if let shape { put(4, shape) } else { waiting.append(0) }
    for value in values { add(value) }
    flush()
  }

  /// The row as it stands in the file; its number is the first column.
  mutating func add(_ row: borrowing Rows, _ types: [ColumnType]) {
    rows += 1
    put(UInt64(bitPattern: row.integer(0)))
    for column in 1..<types.count {
      switch row.kind(column) {
      case SQLITE_INTEGER: put(1, UInt64(bitPattern: row.integer(column)))
      case SQLITE_FLOAT: add(.real(row.real(column)))
      case SQLITE_TEXT: unsafe row.withBytes(column) { unsafe put(3, $0) }
      case SQLITE_BLOB: unsafe row.withBytes(column) { unsafe put(types[column].isText ? 3 : 4, $0) }
      default: waiting.append(0)
      }
    }
    flush()
  }

  private mutating func flush() {
    guard waiting.count > 1 << 16 else { return }
    digest.update(waiting)
    waiting.removeAll(keepingCapacity: true)
  }

  consuming func finish() -> (rows: Int, sha256: String) {
    digest.update(waiting)
    return (rows, digest.hexadecimal())
  }

  private mutating func add(_ value: AttributeValue) {
    switch value {
    case .null: waiting.append(0)
    case .boolean(let value): put(1, UInt64(value ? 1 : 0))
    case .integer(let number): put(1, UInt64(bitPattern: number))
    // SQLite keeps whole numbers as integers, and so the sign of a zero is lost.
    case .real(let number): put(2, (number == 0 ? 0 : number).bitPattern)
    case .text(let text): put(3, Array(text.utf8))
    case .blob(let bytes): put(4, bytes)
    }
  }

  private mutating func put(_ kind: UInt8, _ number: UInt64) {
    waiting.append(kind)
    put(number)
  }

  private mutating func put(_ kind: UInt8, _ bytes: some Collection<UInt8>) {
    put(kind, UInt64(bytes.count))
    waiting.append(contentsOf: bytes)
  }

  private mutating func put(_ number: UInt64) {
    unsafe withUnsafeBytes(of: number.littleEndian) { unsafe waiting.append(contentsOf: $0) }
  }
}
