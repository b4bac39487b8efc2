/// Why a text is not taken as a position: what was found, and what to write instead.
public struct NotationError: Error, Hashable, Sendable {
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// Not a position in any notation known here.
    case syntax = "position.syntax"
    /// More than one place could be meant; `readings` names them.
    case ambiguous = "position.ambiguous"
    /// A number outside what its notation allows: minutes of 60, a latitude past 90, a square that does not exist.
    case range = "position.range"
    /// Latitude and longitude are both zero: as a rule an empty record.
    case nullIsland = "position.null-island"
  }

  public let code: Code
  /// What was found, as one sentence without its full stop.
  public let message: String
  /// What to do about it.
  public let advice: String
  /// What the text could mean, where it could mean several things; empty otherwise.
  public let readings: [String]

  init(_ code: Code, _ message: String, advice: String, readings: [String] = []) {
    (self.code, self.advice, self.readings) = (code, advice, readings)
    self.message = readings.isEmpty ? message : message + ": " + readings.joined(separator: "; or ")
  }

  static func syntax(_ message: String) -> NotationError {
    NotationError(.syntax, message, advice: "write it like 43.32470 N, 21.90330 E or like 34TEN7323797269")
  }
}
