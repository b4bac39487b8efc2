import Formats
import Geometry
import Positions

/// For a file that does not say what its coordinates are: what they could be, and where each would put the first point.
func candidates(_ refusal: FileUnreadable, near hazards: Box<Geographic>? = nil) -> String {
  guard refusal.code == "crs.undeclared", let pair = refusal.pair else { return "" }
  let found = gateCandidates(pair.first, pair.second, near: hazards)
  guard !found.isEmpty else { return "; its first pair is in no CRS that Razmin would know" }
  return "; its first pair would be in " + found.map(\.text).joined(separator: "; ")
}
