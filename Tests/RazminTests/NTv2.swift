import Foundation

/// A grid of shifts in the format NTv2, with the same shift at every node: enough to see that it is used.
///
/// Records of 16 bytes, 8 of them a key: an overview of 11, 11 for the one subgrid, four 4-byte numbers a node from the
/// south-east on, and an end. Longitudes and their shifts are positive to the west. (Natural Resources Canada, NTv2
/// Developer's Guide.)
struct NTv2 {
  /// Degrees.
  var south = 42.0, north = 45.0, west = 20.0, east = 24.0
  /// Seconds that are added to latitude and longitude.
  var latitudeShift, longitudeShift: Double

  private static let step = 900.0

  var bytes: Data {
    let rows = Int((north - south) * 3600 / Self.step) + 1
    let columns = Int((east - west) * 3600 / Self.step) + 1
    var data = Data()
    data += record("NUM_OREC", 11) + record("NUM_SREC", 11) + record("NUM_FILE", 1) + record("GS_TYPE", "SECONDS")
    data += record("VERSION", "TEST") + record("SYSTEM_F", "MGI1901") + record("SYSTEM_T", "SRB")
    data += record("MAJOR_F", 6_377_397.155) + record("MINOR_F", 6_356_078.963)
    data += record("MAJOR_T", 6_378_137.0) + record("MINOR_T", 6_356_752.314)
    data += record("SUB_NAME", "NIS") + record("PARENT", "NONE") + record("CREATED", "") + record("UPDATED", "")
    data += record("S_LAT", south * 3600) + record("N_LAT", north * 3600)
    data += record("E_LONG", -east * 3600) + record("W_LONG", -west * 3600)
    data += record("LAT_INC", Self.step) + record("LONG_INC", Self.step) + record("GS_COUNT", rows * columns)
    let node = [Float(latitudeShift), Float(-longitudeShift), 0.01, 0.01].reduce(into: Data()) { data, value in
      withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) }
    }
    for _ in 0..<rows * columns { data += node }
    return data + record("END", "")
  }

  private func record(_ key: String, _ text: String) -> Data { padded(key) + padded(text) }

  private func record(_ key: String, _ number: Int) -> Data {
    withUnsafeBytes(of: Int64(number).littleEndian) { padded(key) + Data($0) }
  }

  private func record(_ key: String, _ number: Double) -> Data {
    withUnsafeBytes(of: number.bitPattern.littleEndian) { padded(key) + Data($0) }
  }

  private func padded(_ text: String) -> Data {
    Data(text.padding(toLength: 8, withPad: " ", startingAt: 0).utf8)
  }
}
